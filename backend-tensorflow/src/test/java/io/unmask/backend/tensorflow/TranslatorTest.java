package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Offset.offset;

import io.unmask.error.UnsupportedLayerException;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.ReshapingLayers.UpSampling2D.Interpolation;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.Window.Size;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers for which TensorFlow has no operation of their own, against the interpreter. */
class TranslatorTest {

  private static final Shape INPUT = Shape.of(11, 9, 4);

  static Stream<Layer> layers() {
    return Stream.of(
        depthwise(new Window(Size.square(3), Size.ONE, new Size(2, 3), Padding.SAME)),
        depthwise(new Window(Size.square(3), Size.ONE, new Size(3, 2), Padding.VALID)),
        depthwise(new Window(Size.square(3), new Size(2, 1), Padding.SAME)),
        depthwise(new Window(Size.square(3), new Size(1, 3), Padding.VALID)),
        depthwise(new Window(Size.square(3), new Size(2, 3), new Size(2, 1), Padding.SAME)),
        convolution(new Window(new Size(3, 2), new Size(2, 1), Padding.SAME), 1),
        convolution(new Window(new Size(2, 3), Size.ONE, new Size(3, 2), Padding.SAME), 1),
        convolution(new Window(Size.square(3), Size.square(2), Padding.SAME), 2),
        convolution(new Window(Size.square(3), Size.ONE, Padding.VALID), 4),
        new Layer.MaxPooling2D(new Window(new Size(3, 2), new Size(2, 3), Padding.SAME)),
        new Layer.AveragePooling2D(new Window(new Size(3, 2), new Size(2, 3), Padding.SAME)),
        new Layer.PRelu(weights(Shape.of(1, 1, 4), 3)),
        new Layer.PRelu(weights(INPUT, 3)),
        new Layer.Rescaling(List.of(1d, 2d, 3d, 4d), List.of(-1d, 0d, 0.5d, 2d)),
        new Layer.ZeroPadding2D(0, 2, 3, 1),
        new Layer.UpSampling2D(new Size(3, 2), Interpolation.NEAREST),
        new Layer.Permute(List.of(2, 0, 1)),
        new Layer.Cropping2D(1, 0, 2, 1),
        new Layer.Resizing(new Size(3, 5), Interpolation.BILINEAR),
        new Layer.LayerNormalization(null, null, 1e-3),
        new Layer.UpSampling2D(new Size(2, 3), Interpolation.BILINEAR),
        new Layer.Dense(weights(Shape.of(4, 5), 4), weights(Shape.of(5), 5), Activations.LINEAR));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void agreesWithTheInterpreterOnALayer(Layer layer) {
    Network.Builder builder = Network.builder("layer");
    int input = builder.add("input", new Layer.Input(INPUT));
    assertLikeInterpreter(builder.build(builder.add("layer", layer, input)));
  }

  @Test
  void agreesWithTheInterpreterOnAProductOfMatrices() {
    Network.Builder builder = Network.builder("product");
    int input = builder.add("input", new Layer.Input(INPUT));
    int turned = builder.add("turned", new Layer.Permute(List.of(0, 2, 1)), input);
    int first = builder.add("first", new Layer.MatrixProduct(), input, turned);
    int second = builder.add("second", new Layer.MatrixProduct(), turned, input);
    assertLikeInterpreter(builder.build(first, second));
  }

  static Stream<Activation> activations() {
    double none = Double.POSITIVE_INFINITY;
    return Stream.of(
        new Activation.Relu(0, 6, 0),
        new Activation.Relu(0, 0.25, 0),
        new Activation.Relu(0.2, none, 0),
        new Activation.Relu(1.5, none, 0),
        new Activation.Relu(-0.3, none, 0),
        new Activation.Relu(0, none, 0.1),
        new Activation.Relu(0.2, 0.4, 0.1),
        new Activation.Relu(0.2, 0.1, 0.4),
        new Activation.Elu(1),
        new Activation.Elu(0.3),
        new Activation.Tanh(),
        new Activation.Swish(),
        new Activation.Gelu(),
        new Activation.HardSigmoid(0.2),
        new Activation.HardSwish(),
        new Activation.Selu(),
        new Activation.Softplus(),
        new Activation.Mish(),
        new Activation.Exponential(),
        new Activation.Sigmoid(),
        new Activation.Softmax(),
        new Activation.HardTanh(),
        new Activation.Softsign(),
        new Activation.TanhShrink(),
        new Activation.SoftShrink(0.3),
        new Activation.HardShrink(0.3),
        new Activation.LogSigmoid(),
        new Activation.LogSoftmax(),
        new Activation.Squareplus(0.7),
        new Activation.SparsePlus());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithTheInterpreterOnAnActivation(Activation activation) {
    Network.Builder builder = Network.builder("activation");
    int input = builder.add("input", new Layer.Input(INPUT));
    int centred = builder.add("centred", new Layer.Rescaling(List.of(2d), List.of(-1d)), input);
    assertLikeInterpreter(
        builder.build(builder.add("activation", new Layer.Activate(activation), centred)));
  }

  @Test
  void theInputAndTheSameNodeTwiceCanBeOutputs() {
    Network.Builder builder = Network.builder("outputs");
    int input = builder.add("input", new Layer.Input(INPUT));
    int half = builder.add("half", new Layer.Rescaling(List.of(0.5), List.of(0d)), input);
    Network network = builder.build(half, input, half);
    float[] image = GoldenModels.image(INPUT, 5);
    float[][] outputs = run(network, image);
    assertThat(outputs[1]).containsExactly(image);
    assertThat(outputs[0]).containsExactly(outputs[2]);
  }

  @Test
  void poolingWithDilationIsRefusedByTheLayersName() {
    Window window = new Window(Size.square(2), Size.ONE, Size.square(2), Padding.VALID);
    Network.Builder builder = Network.builder("pooling");
    int input = builder.add("input", new Layer.Input(INPUT));
    Network network = builder.build(builder.add("pool", new Layer.MaxPooling2D(window), input));
    assertThatExceptionOfType(UnsupportedLayerException.class)
        .isThrownBy(() -> run(network, GoldenModels.image(INPUT, 5)))
        .withMessageContaining("layer 'pool'");
  }

  private static void assertLikeInterpreter(Network network) {
    float[] image = GoldenModels.image(INPUT, 5);
    float[] outputs = run(network, image)[0];
    double[] expected = Interpreter.run(network, image)[0];
    assertThat(outputs).hasSameSizeAs(expected);
    for (int i = 0; i < outputs.length; i++) {
      assertThat((double) outputs[i]).as("element %d", i).isCloseTo(expected[i], offset(1e-5));
    }
  }

  private static float[][] run(Network network, float[] image) {
    try (Program program =
        new TensorFlowBackend().compile(network, new ProgramOptions(Device.CPU, 2))) {
      return program.run(FloatBuffer.wrap(image), 1);
    }
  }

  private static Layer depthwise(Window window) {
    Shape shape = Shape.of(window.size().height(), window.size().width(), 4, 2);
    return new Layer.DepthwiseConv2D(
        weights(shape, 1), weights(Shape.of(8), 2), window, Activations.LINEAR);
  }

  private static Layer convolution(Window window, int groups) {
    Shape shape = Shape.of(window.size().height(), window.size().width(), 4 / groups, 8);
    return new Layer.Conv2D(
        weights(shape, 1), weights(Shape.of(8), 2), window, groups, Activations.LINEAR);
  }

  private static Weights weights(Shape shape, int seed) {
    float[] values = GoldenModels.image(shape, seed);
    for (int i = 0; i < values.length; i++) {
      values[i] -= 0.5f;
    }
    return Weights.of(shape, values);
  }
}
