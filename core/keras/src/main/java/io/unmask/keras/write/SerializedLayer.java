package io.unmask.keras.write;

import java.util.Map;

/**
 * A layer as Keras's config describes it.
 *
 * @param module where its class is, {@value #LAYERS} unless it is an operation
 * @param className its class
 * @param config what its constructor takes besides its name; values are strings, numbers, truth
 *     values, lists and maps, or null
 */
record SerializedLayer(String module, String className, Map<String, Object> config) {

  static final String LAYERS = "keras.layers";

  /** Where the functions are that compute with tensors, as {@code x @ y} does. */
  static final String OPERATIONS = "keras.src.ops.numpy";

  /** Where activations are as functions that take settings. */
  static final String FUNCTIONS = "keras.src.ops.nn";

  SerializedLayer(String className, Map<String, Object> config) {
    this(LAYERS, className, config);
  }

  boolean isOperation() {
    return !module.equals(LAYERS);
  }
}
