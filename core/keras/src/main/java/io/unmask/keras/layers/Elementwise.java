package io.unmask.keras.layers;

import io.unmask.keras.config.ConfigValues;
import io.unmask.network.Layer;
import java.util.List;

/** Activations and what only training does to elements. */
final class Elementwise implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "Activation",
        "Dropout",
        "ELU",
        "LeakyReLU",
        "ReLU",
        "Softmax",
        "SpatialDropout2D",
        "ThresholdedReLU");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Activation" ->
          call.add(
              new Layer.Activate(
                  ActivationParser.of(
                      call.config("activation"), call.inputShape().rank(), call::generation)));
      case "ReLU", "LeakyReLU", "ELU", "Softmax", "ThresholdedReLU" ->
          call.add(
              new Layer.Activate(
                  ActivationParser.ofLayer(
                      call.layer().className(),
                      call.layer().config(),
                      call.inputShape().rank(),
                      call::generation)));
      case "Dropout" ->
          call.add(new Layer.Dropout(ConfigValues.number(call.config("rate")), false));
      case "SpatialDropout2D" ->
          call.add(new Layer.Dropout(ConfigValues.number(call.config("rate")), true));
      default -> UNKNOWN;
    };
  }
}
