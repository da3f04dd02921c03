package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of sequences (steps, channels). A sequence is computed as a feature map of one column,
 * whose rows are the steps.
 */
final class Sequences implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "AveragePooling1D",
        "Conv1D",
        "GlobalAveragePooling1D",
        "GlobalMaxPooling1D",
        "MaxPooling1D",
        "RepeatVector");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Conv1D", "Convolution1D" -> conv1D(call);
      case "MaxPooling1D", "MaxPool1D" -> column(call, new Layer.MaxPooling2D(pool(call)));
      case "AveragePooling1D", "AvgPool1D" -> column(call, new Layer.AveragePooling2D(pool(call)));
      case "GlobalAveragePooling1D", "GlobalAvgPool1D" ->
          global(call, new Layer.GlobalAveragePooling2D(false));
      case "GlobalMaxPooling1D", "GlobalMaxPool1D" ->
          global(call, new Layer.GlobalMaxPooling2D(false));
      case "RepeatVector" -> repeatVector(call);
      default -> UNKNOWN;
    };
  }

  private static int conv1D(LayerCall call) {
    call.requireChannelsLast();
    int channels = sequence(call).channels();
    int groups = call.config("groups").isNull() ? 1 : call.config("groups").integer();
    int filters = WeightedLayers.positive(call, "filters");
    if (groups < 1 || channels % groups != 0) {
      throw new DefectException(
          "%d channels cannot be cut into %d groups; save the model again"
              .formatted(channels, groups));
    }
    boolean causal = call.config("padding").string().equals("causal");
    Window window =
        new Window(
            steps(call.config("kernel_size")),
            optional(call, "strides", Window.Size.ONE),
            optional(call, "dilation_rate", Window.Size.ONE),
            causal ? Padding.VALID : call.padding());
    int length = window.size().height();
    List<Variable> variables = new ArrayList<>();
    variables.add(Variable.of("kernel", Shape.of(length, channels / groups, filters)));
    boolean biased = WeightedLayers.addBias(call, variables, filters);
    List<Weights> weights = call.weights(variables);
    Weights kernel = call.reshaped(weights.get(0), Shape.of(length, 1, channels / groups, filters));
    Layer convolution =
        new Layer.Conv2D(
            kernel,
            biased ? weights.get(1) : null,
            window,
            groups,
            ActivationParser.of(call.config("activation"), 2, call::generation));
    if (!causal) {
      return column(call, convolution);
    }
    int before = Math.multiplyExact(length - 1, window.dilation().height());
    return column(call, new Layer.ZeroPadding2D(before, 0, 0, 0), convolution);
  }

  private static Window pool(LayerCall call) {
    call.requireChannelsLast();
    Window.Size size = steps(call.config("pool_size"));
    return new Window(size, optional(call, "strides", size), call.padding());
  }

  private static int global(LayerCall call, Layer pool) {
    call.requireChannelsLast();
    int column = asColumn(call);
    if (!ConfigValues.truth(call.config("keepdims"), false)) {
      return call.add(pool, List.of(column));
    }
    int pooled = call.addBefore("pooled", pool, List.of(column));
    return call.add(new Layer.Reshape(Shape.of(1, call.shape(pooled).channels())), List.of(pooled));
  }

  /** A vector as each step of a sequence. */
  private static int repeatVector(LayerCall call) {
    Shape input = call.inputShape();
    if (input.rank() != 1) {
      throw new DefectException("needs a vector, but gets " + input);
    }
    int times = WeightedLayers.positive(call, "n");
    Layer pixel = new Layer.Reshape(Shape.of(1, 1, input.size()));
    int seen = call.addBefore("pixel", pixel, call.inputs());
    Layer repeat =
        new Layer.UpSampling2D(new Window.Size(times, 1), Layer.UpSampling2D.Interpolation.NEAREST);
    int repeated = call.addBefore("repeated", repeat, List.of(seen));
    return call.add(new Layer.Reshape(Shape.of(times, input.size())), List.of(repeated));
  }

  /** Layers of feature maps, on the sequence as one of a single column. */
  private static int column(LayerCall call, Layer... layers) {
    int node = asColumn(call);
    for (int i = 0; i < layers.length; i++) {
      node = call.addBefore("column" + (i + 1), layers[i], List.of(node));
    }
    Shape map = call.shape(node);
    return call.add(new Layer.Reshape(Shape.of(map.extent(0), map.channels())), List.of(node));
  }

  private static int asColumn(LayerCall call) {
    Shape input = sequence(call);
    Shape map = Shape.of(input.extent(0), 1, input.channels());
    return call.addBefore("column", new Layer.Reshape(map), call.inputs());
  }

  private static Shape sequence(LayerCall call) {
    Shape input = call.inputShape();
    if (input.rank() != 2) {
      throw new DefectException("needs an input (steps, channels), but gets " + input);
    }
    return input;
  }

  private static Window.Size optional(LayerCall call, String key, Window.Size fallback) {
    return call.config(key).isNull() ? fallback : steps(call.config(key));
  }

  /** A number of steps, which Keras writes alone or in a list. */
  private static Window.Size steps(Json value) {
    if (!value.isArray()) {
      return new Window.Size(value.integer(), 1);
    }
    if (value.elements().size() != 1) {
      throw new UnsupportedException(value + " is not supported; supported is one number");
    }
    return new Window.Size(value.elements().get(0).integer(), 1);
  }
}
