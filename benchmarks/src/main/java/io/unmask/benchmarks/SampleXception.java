package io.unmask.benchmarks;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * The Xception classifier for 224x224 images with random weights, scaled so that the probability
 * does not run to its limits. What a network has learned does not change how long it takes.
 */
final class SampleXception {

  private static final long SEED = 7;

  /** With these, the probabilities of {@link Images} lie between 0.1 and 0.9. */
  private static final double LAST_GAIN = 2.0 / (8 * 8);

  private static final float LAST_BIAS = 8;

  private static final Window.Size ONE = Window.Size.ONE;
  private static final Window.Size TWO = Window.Size.square(2);
  private static final Window.Size THREE = Window.Size.square(3);

  private final Network.Builder builder = Network.builder("xception_classifier");
  private final Random random = new Random(SEED);
  private int last;
  private int layers;

  private SampleXception() {}

  /** The network, the same at every call. */
  static Network create() {
    SampleXception sample = new SampleXception();
    sample.last = sample.builder.add("input_layer", new Layer.Input(Shape.of(224, 224, 3)));
    sample.entry();
    for (int block = 0; block < 8; block++) {
      sample.middleBlock();
    }
    sample.exit();
    sample.head();
    return sample.builder.build(sample.last);
  }

  private void entry() {
    convolution(THREE, TWO, 32, Padding.VALID);
    activate();
    convolution(THREE, ONE, 64, Padding.VALID);
    activate();
    downsamplingBlock(false, 128, 128);
    downsamplingBlock(true, 256, 256);
    downsamplingBlock(true, 728, 728);
  }

  private void downsamplingBlock(boolean activateFirst, int first, int second) {
    int input = last;
    convolution(ONE, TWO, second, Padding.SAME);
    int residual = last;
    last = input;
    if (activateFirst) {
      activate();
    }
    separable(first);
    activate();
    separable(second);
    add(new Layer.MaxPooling2D(new Window(THREE, TWO, Padding.SAME)));
    join(residual);
  }

  private void middleBlock() {
    int residual = last;
    for (int i = 0; i < 3; i++) {
      activate();
      separable(728);
    }
    join(residual);
  }

  private void exit() {
    downsamplingBlock(true, 728, 1024);
    separable(1536);
    activate();
    separable(2048);
    activate();
    add(new Layer.GlobalAveragePooling2D(false));
  }

  private void head() {
    dense(256, 2, 0, Activations.RELU);
    normalize();
    add(new Layer.Dropout(0.3, false));
    dense(128, 2, 0, Activations.RELU);
    normalize();
    add(new Layer.Dropout(0.3, false));
    dense(1, LAST_GAIN, LAST_BIAS, Activations.SIGMOID);
  }

  private void convolution(Window.Size size, Window.Size stride, int filters, Padding padding) {
    int channels = channels();
    int reads = size.height() * size.width() * channels;
    Weights kernel = normal(2.0 / reads, size.height(), size.width(), channels, filters);
    Window window = new Window(size, stride, padding);
    add(new Layer.Conv2D(kernel, null, window, 1, Activations.LINEAR));
    normalize();
  }

  private void separable(int filters) {
    int channels = channels();
    Weights depthwise = normal(2.0 / 9, 3, 3, channels, 1);
    Weights pointwise = normal(1.0 / channels, 1, 1, channels, filters);
    Window window = new Window(THREE, ONE, Padding.SAME);
    add(new Layer.SeparableConv2D(depthwise, pointwise, null, window, Activations.LINEAR));
    normalize();
  }

  private void dense(int units, double gain, float bias, Activation activation) {
    int channels = channels();
    Weights kernel = normal(gain / channels, channels, units);
    add(new Layer.Dense(kernel, constant(bias, units), activation));
  }

  private void normalize() {
    int channels = channels();
    add(
        new Layer.BatchNormalization(
            constant(1, channels),
            normal(0.01, channels),
            constant(0, channels),
            constant(1, channels),
            1e-3));
  }

  private void activate() {
    add(new Layer.Activate(Activations.RELU));
  }

  private void join(int residual) {
    last = builder.add("add_" + layers++, new Layer.Add(), last, residual);
  }

  private void add(Layer layer) {
    last = builder.add("layer_" + layers++, layer, last);
  }

  private int channels() {
    return builder.shape(last).channels();
  }

  private Weights normal(double variance, int... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.sqrt(variance));
    }
    return Weights.view(shape, FloatBuffer.wrap(values));
  }

  private static Weights constant(float value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return Weights.vector(values);
  }
}
