package io.unmask.keras.file;

import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.layers.WeightSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers that a file has weights for, whatever model they made.
 *
 * @param layers their descriptions; of those from a file without a config, only the names count
 * @param weights their weights
 */
public record StoredLayers(List<LayerConfig> layers, WeightSource weights) {

  /** The layers of a model and of the models nested in it. */
  static StoredLayers of(ModelConfig model, WeightSource weights) {
    List<LayerConfig> layers = new ArrayList<>();
    collect(model, layers);
    return new StoredLayers(layers, weights);
  }

  private static void collect(ModelConfig model, List<LayerConfig> layers) {
    for (LayerConfig layer : model.layers()) {
      ModelConfig nested = layer.nested();
      if (nested != null) {
        collect(nested, layers);
      } else if (!layer.isInput() && !layer.isOperation()) {
        layers.add(layer);
      }
    }
  }
}
