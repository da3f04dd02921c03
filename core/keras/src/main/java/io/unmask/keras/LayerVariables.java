package io.unmask.keras;

import io.unmask.keras.layers.Variable;
import io.unmask.network.Layer;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** The variables of a layer as Keras names them, in the order of {@link Layer#weights}. */
final class LayerVariables {

  private LayerVariables() {}

  static List<Variable> of(Layer layer) {
    List<Weights> weights = layer.weights();
    List<String> names = layer.weightNames();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      boolean older = layer instanceof Layer.DepthwiseConv2D && i == 0;
      variables.add(
          new Variable(
              older ? List.of(names.get(i), "depthwise_kernel") : List.of(names.get(i)),
              weights.get(i).shape()));
    }
    return variables;
  }
}
