package io.unmask.keras;

import java.util.Map;

/**
 * A layer as Keras's config describes it.
 *
 * @param className its class in {@code keras.layers}
 * @param config what its constructor takes besides its name; values are strings, numbers, truth
 *     values, lists and maps, or null
 */
record SerializedLayer(String className, Map<String, Object> config) {}
