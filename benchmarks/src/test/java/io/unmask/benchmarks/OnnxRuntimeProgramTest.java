package io.unmask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.backend.cpu.CpuBackend;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.ReshapingLayers.UpSampling2D.Interpolation;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime makes of an export, beside the CPU backend and the reference interpreter. */
class OnnxRuntimeProgramTest {

  private static final int COUNT = 2;
  private static final Shape IMAGE = Shape.of(9, 8, 6);
  private static final Window.Size THREE = Window.Size.square(3);
  private static final Window.Size TWO = Window.Size.square(2);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void exportedLayerComputesWhatItsDefinitionSays(String name, List<Layer> layers) {
    Network.Builder builder = Network.builder(name);
    int last = builder.add("image", new Layer.Input(IMAGE));
    for (int i = 0; i < layers.size(); i++) {
      last = builder.add("layer_" + i, layers.get(i), last);
    }
    assertSameOutputs(builder.build(last));
  }

  static Stream<Arguments> layers() {
    Window same = new Window(THREE, TWO, Padding.SAME);
    Window valid = new Window(new Window.Size(2, 3), Window.Size.ONE, Padding.VALID);
    Window dilated = new Window(THREE, Window.Size.ONE, TWO, Padding.SAME);
    Weights bias = weights(10);
    Weights kernel = weights(3, 3, 6, 10);
    Activation relu = Activations.RELU;
    Activation linear = Activations.LINEAR;
    return Stream.of(
        layer("Conv2D same", new Layer.Conv2D(kernel, bias, same, 1, relu)),
        layer("Conv2D valid", new Layer.Conv2D(weights(2, 3, 6, 10), null, valid, 1, linear)),
        layer("Conv2D dilated", new Layer.Conv2D(kernel, bias, dilated, 1, linear)),
        layer("Conv2D groups", new Layer.Conv2D(weights(3, 3, 3, 10), bias, same, 2, linear)),
        layer("DepthwiseConv2D", new Layer.DepthwiseConv2D(weights(3, 3, 6, 1), null, same, relu)),
        layer(
            "DepthwiseConv2D multiplier",
            new Layer.DepthwiseConv2D(weights(3, 3, 6, 2), weights(12), same, linear)),
        layer(
            "SeparableConv2D",
            new Layer.SeparableConv2D(
                weights(3, 3, 6, 2), weights(1, 1, 12, 10), bias, same, relu)),
        layer("Dense on a map", new Layer.Dense(weights(6, 10), bias, linear)),
        layer(
            "Dense on rows",
            new Layer.Reshape(Shape.of(72, 6)),
            new Layer.Dense(weights(6, 10), bias, linear)),
        layer(
            "Dense on a vector",
            new Layer.Reshape(Shape.of(432)),
            new Layer.Dense(weights(432, 10), bias, Activations.SIGMOID),
            new Layer.Dense(weights(10, 3), null, linear)),
        layer("BatchNormalization", normalization(6)),
        layer("BatchNormalization on rows", new Layer.Reshape(Shape.of(36, 12)), normalization(12)),
        layer(
            "BatchNormalization folded",
            new Layer.Conv2D(kernel, bias, same, 1, linear),
            normalization(10)),
        layer("Activate linear", activate(linear)),
        layer("Activate relu", activate(relu)),
        layer("Activate relu6", activate(new Activation.Relu(0, 0.6, 0))),
        layer("Activate leaky relu", activate(new Activation.Relu(0.2, INFINITY, 0))),
        layer("Activate open relu", activate(new Activation.Relu(0.2, INFINITY, 0.3))),
        layer("Activate general relu", activate(new Activation.Relu(0.2, 0.7, -0.3))),
        layer("Activate elu", activate(new Activation.Elu(0.7))),
        layer("Activate sigmoid", activate(Activations.SIGMOID)),
        layer("Activate tanh", activate(new Activation.Tanh())),
        layer("Activate swish", activate(new Activation.Swish())),
        layer("Activate gelu", activate(new Activation.Gelu())),
        layer("Activate hard sigmoid", activate(new Activation.HardSigmoid(0.2))),
        layer("Activate hard swish", activate(new Activation.HardSwish())),
        layer("Activate selu", activate(new Activation.Selu())),
        layer("Activate softplus", activate(new Activation.Softplus())),
        layer("Activate mish", activate(new Activation.Mish())),
        layer("Activate exponential", activate(new Activation.Exponential())),
        layer("Activate hard tanh", activate(new Activation.HardTanh())),
        layer("Activate softsign", activate(new Activation.Softsign())),
        layer("Activate tanh shrink", activate(new Activation.TanhShrink())),
        layer("Activate soft shrink", activate(new Activation.SoftShrink(0.3))),
        layer("Activate hard shrink", activate(new Activation.HardShrink(0.3))),
        layer("Activate log sigmoid", activate(new Activation.LogSigmoid())),
        layer("Activate squareplus", activate(new Activation.Squareplus(0.7))),
        layer("Activate sparse plus", activate(new Activation.SparsePlus())),
        layer("Activate sparse sigmoid", activate(new Activation.HardSigmoid(0.5))),
        layer("Activate log softmax on a map", activate(new Activation.LogSoftmax())),
        layer("Activate softmax on a map", activate(new Activation.Softmax())),
        layer(
            "Activate softmax on rows",
            new Layer.Reshape(Shape.of(36, 12)),
            activate(new Activation.Softmax())),
        layer("PRelu", new Layer.PRelu(weights(9, 8, 6))),
        layer("PRelu shared", new Layer.PRelu(weights(1, 1, 6))),
        layer("MaxPooling2D", new Layer.MaxPooling2D(same)),
        layer("MaxPooling2D valid", new Layer.MaxPooling2D(valid)),
        layer("AveragePooling2D", new Layer.AveragePooling2D(same)),
        layer("GlobalMaxPooling2D", new Layer.GlobalMaxPooling2D(false)),
        layer("GlobalMaxPooling2D kept", new Layer.GlobalMaxPooling2D(true)),
        layer("GlobalAveragePooling2D", new Layer.GlobalAveragePooling2D(false)),
        layer("GlobalAveragePooling2D kept", new Layer.GlobalAveragePooling2D(true)),
        layer("Reshape to a map", new Layer.Reshape(Shape.of(4, 12, 9))),
        layer("Reshape to a vector", new Layer.Reshape(Shape.of(432))),
        layer("ZeroPadding2D", new Layer.ZeroPadding2D(1, 2, 3, 0)),
        layer(
            "MaxPooling2D of zeros and what is below them",
            new Layer.Rescaling(List.of(-1.0), List.of(-3.0)),
            new Layer.ZeroPadding2D(1, 1, 1, 1),
            new Layer.MaxPooling2D(valid)),
        layer(
            "AveragePooling2D of zeros and what is below them",
            new Layer.Rescaling(List.of(-1.0), List.of(-3.0)),
            new Layer.ZeroPadding2D(1, 1, 1, 1),
            new Layer.AveragePooling2D(valid)),
        layer(
            "UpSampling2D nearest",
            new Layer.UpSampling2D(new Window.Size(2, 3), Interpolation.NEAREST)),
        layer(
            "UpSampling2D bilinear",
            new Layer.UpSampling2D(new Window.Size(3, 2), Interpolation.BILINEAR)),
        layer("Permute", new Layer.Permute(List.of(2, 0, 1))),
        layer(
            "Permute rows", new Layer.Reshape(Shape.of(36, 12)), new Layer.Permute(List.of(1, 0))),
        layer(
            "Conv2DTranspose",
            new Layer.Conv2DTranspose(
                weights(4, 3, 5, 6),
                weights(5),
                new Window(new Window.Size(4, 3), new Window.Size(2, 2), Padding.SAME),
                relu)),
        layer("Cropping2D", new Layer.Cropping2D(1, 2, 3, 0)),
        layer(
            "Resizing bilinear",
            new Layer.Resizing(new Window.Size(7, 13), Interpolation.BILINEAR)),
        layer(
            "Resizing nearest", new Layer.Resizing(new Window.Size(7, 16), Interpolation.NEAREST)),
        layer("LayerNormalization", new Layer.LayerNormalization(weights(6), weights(6), 0.1)),
        layer("LayerNormalization bare", new Layer.LayerNormalization(null, null, 0.1)),
        layer("Rescaling", new Layer.Rescaling(List.of(2.0), List.of(-1.0))),
        layer(
            "Rescaling by channel",
            new Layer.Rescaling(
                List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), List.of(0.0, 1.0, 0.0, -1.0, 0.5, 0.1))),
        layer("Dropout", new Layer.Dropout(0.3, false)));
  }

  @Test
  void exportedLayersWithSeveralInputsComputeWhatTheirDefinitionSays() {
    Network.Builder builder = Network.builder("combined");
    int image = builder.add("image", new Layer.Input(IMAGE));
    int tanh = builder.add("tanh", activate(new Activation.Tanh()), image);
    int pooled = builder.add("pooled", new Layer.GlobalMaxPooling2D(true), image);
    int sum = builder.add("sum", new Layer.Add(), image, tanh, tanh);
    int product = builder.add("product", new Layer.Multiply(), sum, pooled);
    int rows = builder.add("rows", new Layer.Concatenate(0), image, product);
    int columns = builder.add("columns", new Layer.Concatenate(1), image, product);
    int channels = builder.add("channels", new Layer.Concatenate(2), image, product, tanh);
    int turned = builder.add("turned", new Layer.Permute(List.of(0, 2, 1)), image);
    int matrices = builder.add("matrices", new Layer.MatrixProduct(), tanh, turned);
    assertSameOutputs(builder.build(rows, columns, channels, matrices));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void exportedModelsAnswerAsKerasDoes(GoldenModels.Case model) {
    try (Program program = OnnxRuntimeProgram.compile(model.network(), 1, true)) {
      float[][] answers = program.run(FloatBuffer.wrap(model.image()), 1);
      assertThat(answers.length).isEqualTo(model.outputs().size());
      for (int i = 0; i < answers.length; i++) {
        float[] expected = model.outputs().get(i);
        assertThat(answers[i]).hasSameSizeAs(expected);
        for (int j = 0; j < expected.length; j++) {
          float tolerance = 2e-5f * Math.max(1, Math.abs(expected[j]));
          assertThat(answers[i][j]).as("value %d", j).isCloseTo(expected[j], within(tolerance));
        }
      }
    }
  }

  static Stream<GoldenModels.Case> golden() {
    return GoldenModels.all();
  }

  private static void assertSameOutputs(Network network) {
    int size = network.inputShape().size();
    float[] images = values(COUNT * size);
    ProgramOptions options = new ProgramOptions(Device.CPU, 1);
    try (Program ours = new CpuBackend().compile(network, options);
        Program theirs = OnnxRuntimeProgram.compile(network, 1, true)) {
      float[][] expected = ours.run(FloatBuffer.wrap(images), COUNT);
      float[][] actual = theirs.run(FloatBuffer.wrap(images), COUNT);
      assertThat(actual.length).isEqualTo(expected.length);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).containsExactly(expected[i], within(2e-5f));
      }
      for (int n = 0; n < COUNT; n++) {
        float[] image = Arrays.copyOfRange(images, n * size, (n + 1) * size);
        double[][] defined = Interpreter.run(network, image);
        for (int i = 0; i < actual.length; i++) {
          float[] answer =
              Arrays.copyOfRange(actual[i], n * defined[i].length, (n + 1) * defined[i].length);
          assertThat(doubles(answer)).containsExactly(defined[i], within(2e-5));
        }
      }
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static Arguments layer(String name, Layer... layers) {
    return Arguments.of(name, List.of(layers));
  }

  private static Layer activate(Activation activation) {
    return new Layer.Activate(activation);
  }

  private static Layer normalization(int channels) {
    float[] variance = new float[channels];
    for (int c = 0; c < channels; c++) {
      variance[c] = 0.5f + c;
    }
    return new Layer.BatchNormalization(
        weights(channels), weights(channels), weights(channels), Weights.vector(variance), 1e-3);
  }

  private static Weights weights(int... extents) {
    Shape shape = Shape.of(extents);
    return Weights.view(shape, FloatBuffer.wrap(values(shape.size())));
  }

  /** Numbers in [-1, 1), the same for the same size. */
  private static float[] values(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
