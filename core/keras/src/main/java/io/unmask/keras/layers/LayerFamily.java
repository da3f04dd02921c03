package io.unmask.keras.layers;

import java.util.List;

/** Classes of Keras that are read alike. Each class belongs to one family. */
interface LayerFamily {

  /** What {@link #build} returns for a class of another family. */
  int UNKNOWN = -1;

  /** The names of its classes, today's without the older ones. */
  List<String> classes();

  /** Adds the nodes for a layer and returns the one that puts out its value, or UNKNOWN. */
  int build(LayerCall call);
}
