package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The layers that have weights, with the shapes that Keras gives these. */
final class WeightedLayers implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "BatchNormalization",
        "Conv2D",
        "Conv2DTranspose",
        "Dense",
        "DepthwiseConv2D",
        "PReLU",
        "SeparableConv2D");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Conv2D", "Convolution2D" -> conv2D(call);
      case "Conv2DTranspose", "Convolution2DTranspose" -> conv2DTranspose(call);
      case "DepthwiseConv2D" -> depthwiseConv2D(call);
      case "SeparableConv2D", "SeparableConvolution2D" -> separableConv2D(call);
      case "Dense" -> dense(call);
      case "BatchNormalization", "BatchNormalizationV1" -> batchNormalization(call);
      case "PReLU" -> pRelu(call);
      default -> UNKNOWN;
    };
  }

  private static int conv2D(LayerCall call) {
    Window window = window(call);
    int groups = call.config("groups").isNull() ? 1 : call.config("groups").integer();
    int channels = call.featureMap().channels();
    int filters = positive(call, "filters");
    if (groups < 1 || channels % groups != 0) {
      throw new DefectException(
          "%d channels cannot be cut into %d groups; save the model again"
              .formatted(channels, groups));
    }
    List<Variable> variables = new ArrayList<>();
    variables.add(Variable.of("kernel", kernel(window, channels / groups, filters)));
    boolean biased = addBias(call, variables, filters);
    List<Weights> weights = call.weights(variables);
    return call.add(
        new Layer.Conv2D(
            weights.get(0), biased ? weights.get(1) : null, window, groups, activation(call)));
  }

  private static int conv2DTranspose(LayerCall call) {
    Window window = window(call);
    if (!call.config("output_padding").isNull()) {
      throw new UnsupportedException("output_padding is not supported; build the model without it");
    }
    if (!window.dilation().equals(Window.Size.ONE)
        || window.size().height() < window.stride().height()
        || window.size().width() < window.stride().width()) {
      throw new UnsupportedException(
          "a kernel of %s with strides %s and dilation %s is not supported; supported are strides up"
                  .formatted(window.size(), window.stride(), window.dilation())
              + " to the kernel's size, without dilation");
    }
    int filters = positive(call, "filters");
    List<Variable> variables = new ArrayList<>();
    variables.add(Variable.of("kernel", kernel(window, filters, call.featureMap().channels())));
    boolean biased = addBias(call, variables, filters);
    List<Weights> weights = call.weights(variables);
    return call.add(
        new Layer.Conv2DTranspose(
            weights.get(0), biased ? weights.get(1) : null, window, activation(call)));
  }

  private static int depthwiseConv2D(LayerCall call) {
    Window window = window(call);
    int channels = call.featureMap().channels();
    int multiplier = positive(call, "depth_multiplier");
    List<Variable> variables = new ArrayList<>();
    variables.add(
        new Variable(List.of("kernel", "depthwise_kernel"), kernel(window, channels, multiplier)));
    boolean biased = addBias(call, variables, Math.multiplyExact(channels, multiplier));
    List<Weights> weights = call.weights(variables);
    return call.add(
        new Layer.DepthwiseConv2D(
            weights.get(0), biased ? weights.get(1) : null, window, activation(call)));
  }

  private static int separableConv2D(LayerCall call) {
    Window window = window(call);
    int channels = call.featureMap().channels();
    int multiplier = positive(call, "depth_multiplier");
    int filters = positive(call, "filters");
    int between = Math.multiplyExact(channels, multiplier);
    List<Variable> variables = new ArrayList<>();
    variables.add(Variable.of("depthwise_kernel", kernel(window, channels, multiplier)));
    variables.add(Variable.of("pointwise_kernel", Shape.of(1, 1, between, filters)));
    boolean biased = addBias(call, variables, filters);
    List<Weights> weights = call.weights(variables);
    return call.add(
        new Layer.SeparableConv2D(
            weights.get(0),
            weights.get(1),
            biased ? weights.get(2) : null,
            window,
            activation(call)));
  }

  private static int dense(LayerCall call) {
    int units = positive(call, "units");
    List<Variable> variables = new ArrayList<>();
    variables.add(Variable.of("kernel", Shape.of(call.inputShape().channels(), units)));
    boolean biased = addBias(call, variables, units);
    List<Weights> weights = call.weights(variables);
    return call.add(
        new Layer.Dense(weights.get(0), biased ? weights.get(1) : null, activation(call)));
  }

  private static int batchNormalization(LayerCall call) {
    Shape input = call.inputShape();
    Json given = call.config("axis");
    int axis = given.isNull() ? input.rank() - 1 : call.axis(given, input.rank());
    if (ConfigValues.truth(call.config("renorm"), false)) {
      throw new UnsupportedException("renorm is not supported; rebuild the model without it");
    }
    boolean scale = ConfigValues.truth(call.config("scale"), true);
    boolean center = ConfigValues.truth(call.config("center"), true);
    Shape vector = Shape.of(input.extent(axis));
    List<Variable> variables = new ArrayList<>();
    if (scale) {
      variables.add(Variable.of("gamma", vector));
    }
    if (center) {
      variables.add(Variable.of("beta", vector));
    }
    variables.add(Variable.of("moving_mean", vector));
    variables.add(Variable.of("moving_variance", vector));
    Iterator<Weights> weights = call.weights(variables).iterator();
    Layer layer =
        new Layer.BatchNormalization(
            scale ? weights.next() : null,
            center ? weights.next() : null,
            weights.next(),
            weights.next(),
            ConfigValues.number(call.config("epsilon"), 1e-3));
    return call.addOverAxis(layer, axis);
  }

  private static int pRelu(LayerCall call) {
    Shape alpha = call.inputShape();
    Json shared = call.config("shared_axes");
    if (!shared.isNull()) {
      List<Json> axes = shared.isArray() ? shared.elements() : List.of(shared);
      for (Json axis : axes) {
        alpha = alpha.with(call.axis(axis, alpha.rank()), 1);
      }
    }
    return call.add(new Layer.PRelu(call.weights(List.of(Variable.of("alpha", alpha))).get(0)));
  }

  /** These layers put out as many axes as they read. */
  private static Activation activation(LayerCall call) {
    return ActivationParser.of(
        call.config("activation"), call.inputShape().rank(), call::generation);
  }

  private static Window window(LayerCall call) {
    call.requireChannelsLast();
    Padding padding = call.padding();
    return new Window(
        call.size("kernel_size"),
        call.size("strides", Window.Size.ONE),
        call.size("dilation_rate", Window.Size.ONE),
        padding);
  }

  private static Shape kernel(Window window, int input, int output) {
    return Shape.of(window.size().height(), window.size().width(), input, output);
  }

  static boolean addBias(LayerCall call, List<Variable> variables, int size) {
    boolean biased = ConfigValues.truth(call.config("use_bias"), true);
    if (biased) {
      variables.add(Variable.of("bias", Shape.of(size)));
    }
    return biased;
  }

  static int positive(LayerCall call, String key) {
    Json value = call.config(key);
    int number = value.isNull() && key.equals("depth_multiplier") ? 1 : value.integer();
    if (number < 1) {
      throw value.unexpected("at least 1");
    }
    return number;
  }
}
