package io.unmask.keras.file;

import io.unmask.keras.config.Generation;
import io.unmask.keras.fault.DefectException;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open model file of either format. */
public interface ModelFile {

  /** The model it holds. Its weights may be read from the open file later. */
  default Network network() {
    return network(null);
  }

  /**
   * The model it holds.
   *
   * @param image the shape of images where the model leaves it open, or null if it must not
   */
  Network network(@Nullable Shape image);

  /** Another model, with the weights that this file holds. */
  Network filled(Blueprint architecture);

  /** The model, with what tells whether other files are like this one. */
  default Original original() {
    return new Original(network(), List.of(), null);
  }

  /**
   * What other files may be compared with.
   *
   * @throws DefectException if its bytes do not lie as they can be compared
   */
  default Candidate candidate() {
    throw new DefectException("it is not an archive of weights that lie there as they are");
  }

  /** What layers it has weights for; these, too, may be read from the open file later. */
  StoredLayers layers();

  /** Whether it holds weights without a model that they belong to. */
  default boolean weightsOnly() {
    return false;
  }

  /** The version of Keras that wrote it, if it says so. */
  Optional<String> version();

  /** Which Keras that was. */
  default Generation generation() {
    return version().map(Generation::of).orElse(Generation.UNKNOWN);
  }
}
