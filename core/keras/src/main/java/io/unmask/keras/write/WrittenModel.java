package io.unmask.keras.write;

import java.util.List;

/**
 * A model that is to be written.
 *
 * @param name its name
 * @param layers its layers in Keras's order
 * @param input its input layer, one of them
 * @param outputs what comes out
 */
public record WrittenModel(
    String name, List<WrittenLayer> layers, WrittenLayer input, List<WrittenLayer.Use> outputs) {

  /** Sorts the layers as Keras does. */
  public WrittenModel {
    layers = LayerOrder.sort(layers, outputs);
    outputs = List.copyOf(outputs);
  }
}
