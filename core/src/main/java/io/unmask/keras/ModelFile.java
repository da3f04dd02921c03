package io.unmask.keras;

import io.unmask.network.Network;
import java.util.Optional;

/** An open model file of either format. */
interface ModelFile {

  /** The model it holds. Its weights may be read from the open file later. */
  Network network();

  /** What layers it has weights for; these, too, may be read from the open file later. */
  StoredLayers layers();

  /** The version of Keras that wrote it, if it says so. */
  Optional<String> version();
}
