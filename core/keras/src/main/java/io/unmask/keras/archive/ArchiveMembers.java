package io.unmask.keras.archive;

/** The names of what a {@code .keras} archive holds. */
public final class ArchiveMembers {

  /** Which version of Keras wrote it. */
  public static final String METADATA = "metadata.json";

  /** The description of the model. */
  public static final String CONFIG = "config.json";

  /** The weights, as HDF5. */
  public static final String WEIGHTS = "model.weights.h5";

  private ArchiveMembers() {}
}
