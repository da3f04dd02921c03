package io.unmask.network.architecture;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.List;

/** Puts layers with fresh weights onto each other; each method returns the new node. */
final class LayerStack {

  /** The default of {@code keras.layers.BatchNormalization}. */
  private static final double EPSILON = 1e-3;

  private final Network.Builder builder;
  private final WeightInitializer initializer;

  LayerStack(String network, WeightInitializer initializer) {
    this.builder = Network.builder(network);
    this.initializer = initializer;
  }

  Network build(int output) {
    return builder.build(output);
  }

  int input(String name, Shape shape) {
    return builder.add(name, new Layer.Input(shape));
  }

  int layer(String name, Layer layer, int input) {
    return builder.add(name, layer, input);
  }

  int layer(String name, Layer layer, List<Integer> inputs) {
    return builder.add(name, layer, inputs);
  }

  Shape shape(int node) {
    return builder.shape(node);
  }

  int conv2D(String name, int input, int filters, Window window, boolean biased, Activation f) {
    Window.Size size = window.size();
    Shape shape = Shape.of(size.height(), size.width(), channels(input), filters);
    Weights kernel = weights(name, "kernel", shape);
    Weights bias = biased ? weights(name, "bias", Shape.of(filters)) : null;
    return builder.add(name, new Layer.Conv2D(kernel, bias, window, 1, f), input);
  }

  /** A separable 3x3 convolution of stride 1, without bias. */
  int separableConv2D(String name, int input, int filters, Padding padding) {
    int channels = channels(input);
    Window window = new Window(Window.Size.square(3), Window.Size.ONE, padding);
    Weights depthwise = weights(name, "depthwise_kernel", Shape.of(3, 3, channels, 1));
    Weights pointwise = weights(name, "pointwise_kernel", Shape.of(1, 1, channels, filters));
    return builder.add(
        name,
        new Layer.SeparableConv2D(depthwise, pointwise, null, window, Activations.LINEAR),
        input);
  }

  int batchNormalization(String name, int input) {
    Shape shape = Shape.of(channels(input));
    Weights gamma = weights(name, "gamma", shape);
    Weights beta = weights(name, "beta", shape);
    Weights mean = weights(name, "moving_mean", shape);
    Weights variance = weights(name, "moving_variance", shape);
    return builder.add(
        name, new Layer.BatchNormalization(gamma, beta, mean, variance, EPSILON), input);
  }

  int dense(String name, int input, int units, Activation activation) {
    Weights kernel = weights(name, "kernel", Shape.of(channels(input), units));
    Weights bias = weights(name, "bias", Shape.of(units));
    return builder.add(name, new Layer.Dense(kernel, bias, activation), input);
  }

  int relu(String name, int input) {
    return builder.add(name, new Layer.Activate(Activations.RELU), input);
  }

  int maxPooling2D(String name, int input, Window window) {
    return builder.add(name, new Layer.MaxPooling2D(window), input);
  }

  int averagePooling2D(String name, int input, Window window) {
    return builder.add(name, new Layer.AveragePooling2D(window), input);
  }

  int globalAveragePooling2D(String name, int input) {
    return builder.add(name, new Layer.GlobalAveragePooling2D(false), input);
  }

  int add(String name, int first, int second) {
    return builder.add(name, new Layer.Add(), List.of(first, second));
  }

  int dropout(String name, int input, double rate) {
    return builder.add(name, new Layer.Dropout(rate, false), input);
  }

  /** Dense layers, each with batch normalisation and dropout, and a sigmoid: the reference's. */
  int head(int input, List<Integer> units, double dropout) {
    int x = input;
    for (int n = 1; n <= units.size(); n++) {
      x = dense("dense_" + n, x, units.get(n - 1), Activations.RELU);
      x = batchNormalization("batch_norm_" + n, x);
      x = dropout("dropout_" + n, x, dropout);
    }
    return dense("output_layer", x, 1, Activations.SIGMOID);
  }

  int flatten(String name, int input) {
    return builder.add(name, new Layer.Reshape(Shape.of(builder.shape(input).size())), input);
  }

  int channels(int node) {
    return builder.shape(node).channels();
  }

  private Weights weights(String layer, String variable, Shape shape) {
    Weights weights = initializer.create(layer, variable, shape);
    if (!weights.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "the initializer gave %s/%s shape %s, not %s"
              .formatted(layer, variable, weights.shape(), shape));
    }
    return weights;
  }
}
