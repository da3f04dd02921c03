package io.unmask.keras;

/** The names of what a {@code .keras} archive holds. */
final class ArchiveMembers {

  /** Which version of Keras wrote it. */
  static final String METADATA = "metadata.json";

  /** The description of the model. */
  static final String CONFIG = "config.json";

  /** The weights, as HDF5. */
  static final String WEIGHTS = "model.weights.h5";

  private ArchiveMembers() {}
}
