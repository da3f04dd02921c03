package io.unmask.keras.layers;

import io.unmask.keras.config.LayerConfig;
import io.unmask.network.Weights;
import java.util.List;

/** Where a layer's weights come from. */
public interface WeightSource {

  /**
   * The layer's variables, in the given order, which is Keras's order of creation, without those
   * that are not asked for.
   *
   * @throws DefectException if one is missing or has another shape, or if there are more
   */
  List<Weights> read(LayerConfig layer, List<Variable> variables);
}
