package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.TrainingOptions;
import io.unmask.testkit.Interpreter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients against finite differences: every weight is moved a little both ways, and the loss of a
 * batch computed in double precision.
 */
class GradientsTest {

  private static final int BATCH = 3;
  private static final float MOVE = 1e-3f;

  /** The third derivative of the loss times the move's square, and float32's roundings. */
  private static final double TOLERANCE = 2e-5;

  private static final Window.Size TWO = Window.Size.square(2);

  private final Random random = new Random(7);
  private final Network.Builder builder = Network.builder("net");
  private int last = builder.add("image", new Layer.Input(Shape.of(6, 5, 3)));

  private int then(Layer layer, Integer... more) {
    List<Integer> inputs = new ArrayList<>(List.of(last));
    inputs.addAll(List.of(more));
    last = builder.add("layer" + (last + 1), layer, inputs);
    return last;
  }

  private Weights weights(int... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.5f;
    }
    return Weights.of(shape, values);
  }

  private Weights positive(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return Weights.vector(values);
  }

  private static Window window(int size, int stride, Padding padding) {
    return new Window(Window.Size.square(size), Window.Size.square(stride), padding);
  }

  private Network finished() {
    then(new Layer.Reshape(Shape.of(builder.shape(last).size())));
    then(new Layer.Dense(weights(builder.shape(last).size(), 1), weights(1), Activations.SIGMOID));
    return builder.build(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d",
        "grouped",
        "depthwise",
        "uneven",
        "separable",
        "dense",
        "norm",
        "prelu",
        "max",
        "average",
        "globalMax",
        "globalMean",
        "add",
        "multiply",
        "concatenate",
        "padding",
        "nearest",
        "bilinear",
        "rescaling",
        "tanh",
        "elu",
        "swish",
        "maximum",
        "matrix product",
        "permute",
        "transposed",
        "cropping",
        "resizing",
        "layer normalization",
        "gelu",
        "hard swish",
        "selu",
        "softplus",
        "mish",
        "softmax",
        "leaky",
        "relu6",
        "threshold",
        "hard tanh",
        "softsign",
        "tanh shrink",
        "soft shrink",
        "hard shrink",
        "log sigmoid",
        "log softmax",
        "squareplus",
        "sparse plus"
      })
  void agreeWithFiniteDifferences(String kind) {
    then(new Layer.Conv2D(weights(2, 2, 3, 4), weights(4), window(2, 1, Padding.SAME), 1, tanh()));
    int before = last;
    switch (kind) {
      case "conv2d" ->
          then(
              new Layer.Conv2D(
                  weights(3, 3, 4, 2),
                  weights(2),
                  window(3, 2, Padding.SAME),
                  1,
                  Activations.SIGMOID));
      case "grouped" ->
          then(
              new Layer.Conv2D(
                  weights(2, 2, 2, 4), null, window(2, 2, Padding.VALID), 2, Activations.LINEAR));
      case "depthwise" ->
          then(
              new Layer.DepthwiseConv2D(
                  weights(3, 3, 4, 2), weights(8), window(3, 2, Padding.SAME), tanh()));
      case "uneven" ->
          then(
              new Layer.DepthwiseConv2D(
                  weights(2, 2, 4, 1),
                  null,
                  new Window(TWO, new Window.Size(1, 2), Padding.SAME),
                  Activations.LINEAR));
      case "separable" ->
          then(
              new Layer.SeparableConv2D(
                  weights(3, 3, 4, 1),
                  weights(1, 1, 4, 5),
                  weights(5),
                  window(3, 1, Padding.SAME),
                  tanh()));
      case "dense" -> then(new Layer.Dense(weights(4, 3), weights(3), tanh()));
      case "norm" ->
          then(
              new Layer.BatchNormalization(positive(4), weights(4), weights(4), positive(4), 1e-3));
      case "prelu" -> then(new Layer.PRelu(weights(1, 5, 4)));
      case "max" -> then(new Layer.MaxPooling2D(window(3, 2, Padding.SAME)));
      case "average" -> then(new Layer.AveragePooling2D(window(3, 2, Padding.SAME)));
      case "globalMax" -> then(new Layer.GlobalMaxPooling2D(true));
      case "globalMean" -> then(new Layer.GlobalAveragePooling2D(false));
      case "add" -> {
        then(new Layer.GlobalAveragePooling2D(true));
        then(new Layer.Add(), before);
      }
      case "multiply" -> {
        then(new Layer.GlobalAveragePooling2D(true));
        then(new Layer.Multiply(), before);
      }
      case "concatenate" -> {
        then(new Layer.Activate(tanh()));
        then(new Layer.Concatenate(2), before);
      }
      case "padding" -> then(new Layer.ZeroPadding2D(1, 0, 2, 1));
      case "maximum" -> {
        then(new Layer.Activate(tanh()));
        then(new Layer.Maximum(), before);
      }
      case "matrix product" -> {
        then(new Layer.Permute(List.of(0, 2, 1)));
        then(new Layer.MatrixProduct(), before);
      }
      case "transposed" ->
          then(
              new Layer.Conv2DTranspose(
                  weights(3, 3, 2, 4), weights(2), window(3, 2, Padding.SAME), tanh()));
      case "permute" -> then(new Layer.Permute(List.of(1, 0, 2)));
      case "cropping" -> then(new Layer.Cropping2D(1, 0, 0, 1));
      case "resizing" -> then(new Layer.Resizing(new Window.Size(3, 7), Interpolation.BILINEAR));
      case "layer normalization" ->
          then(new Layer.LayerNormalization(weights(4), weights(4), 0.01));
      case "nearest" -> then(new Layer.UpSampling2D(TWO, Interpolation.NEAREST));
      case "bilinear" ->
          then(new Layer.UpSampling2D(new Window.Size(3, 2), Interpolation.BILINEAR));
      case "rescaling" ->
          then(new Layer.Rescaling(List.of(1.0, 2.0, 3.0, -1.0), List.of(0.0, 1.0, 0.0, 0.5)));
      default -> then(new Layer.Activate(activation(kind)));
    }
    Network network = finished();
    check(network, TrainingOptions.builder().batchStatistics(layer -> false));
  }

  private static Activation activation(String kind) {
    return switch (kind) {
      case "tanh" -> tanh();
      case "elu" -> new Activation.Elu(0.7);
      case "swish" -> new Activation.Swish();
      case "gelu" -> new Activation.Gelu();
      case "hard swish" -> new Activation.HardSwish();
      case "selu" -> new Activation.Selu();
      case "softplus" -> new Activation.Softplus();
      case "mish" -> new Activation.Mish();
      case "softmax" -> new Activation.Softmax();
      case "leaky" -> new Activation.Relu(0.2, Double.POSITIVE_INFINITY, 0);
      case "relu6" -> new Activation.Relu(0, 6, 0);
      case "threshold" -> new Activation.Relu(0.1, 0.6, 0.2);
      case "hard tanh" -> new Activation.HardTanh();
      case "softsign" -> new Activation.Softsign();
      case "tanh shrink" -> new Activation.TanhShrink();
      case "soft shrink" -> new Activation.SoftShrink(0.3);
      case "hard shrink" -> new Activation.HardShrink(0.3);
      case "log sigmoid" -> new Activation.LogSigmoid();
      case "log softmax" -> new Activation.LogSoftmax();
      case "squareplus" -> new Activation.Squareplus(0.7);
      case "sparse plus" -> new Activation.SparsePlus();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Activation tanh() {
    return new Activation.Tanh();
  }

  @Test
  void includeRegularisationAndSmoothing() {
    then(new Layer.GlobalAveragePooling2D(false));
    then(new Layer.Dense(weights(3, 4), weights(4), tanh()));
    check(finished(), TrainingOptions.builder().l2(layer -> 0.1).labelSmoothing(0.2));
  }

  @Test
  void ofASharedLayerAreTheSumOverItsUses() {
    Layer conv =
        new Layer.Conv2D(weights(3, 3, 3, 3), weights(3), window(3, 1, Padding.SAME), 1, tanh());
    last = builder.add("conv", conv, last);
    last = builder.add("conv#2", conv, last);
    check(finished(), TrainingOptions.builder());
  }

  @Test
  void passThroughStatisticsOfTheBatch() {
    Weights kernel = weights(90, 4);
    Weights gamma = positive(4);
    Weights beta = weights(4);
    then(new Layer.Reshape(Shape.of(90)));
    then(new Layer.Dense(kernel, null, Activations.LINEAR));
    then(new Layer.BatchNormalization(gamma, beta, weights(4), positive(4), 1e-3));
    Network network = finished();
    Batch batch = new Batch(network);
    Map<String, float[]> gradients = gradients(network, TrainingOptions.builder(), batch);
    Weights output = network.nodes().get(5).layer().weights().get(0);
    Weights bias = network.nodes().get(5).layer().weights().get(1);
    assertThat(gradients).hasSize(5);
    compare("layer2/0", kernel, gradients, w -> loss(batch, w, gamma, beta, output, bias));
    compare("layer3/0", gamma, gradients, w -> loss(batch, kernel, w, beta, output, bias));
    compare("layer3/1", beta, gradients, w -> loss(batch, kernel, gamma, w, output, bias));
  }

  /** The same network in double precision, one loop for each index. */
  private static double loss(
      Batch batch, Weights kernel, Weights gamma, Weights beta, Weights output, Weights bias) {
    int units = gamma.size();
    double[][] x = new double[BATCH][units];
    for (int n = 0; n < BATCH; n++) {
      for (int u = 0; u < units; u++) {
        for (int i = 0; i < 90; i++) {
          x[n][u] += batch.images[n][i] * kernel.get(i * units + u);
        }
      }
    }
    double[] logits = new double[BATCH];
    Arrays.fill(logits, bias.get(0));
    for (int u = 0; u < units; u++) {
      double mean = 0;
      double square = 0;
      for (int n = 0; n < BATCH; n++) {
        mean += x[n][u] / BATCH;
      }
      for (int n = 0; n < BATCH; n++) {
        square += (x[n][u] - mean) * (x[n][u] - mean) / BATCH;
      }
      for (int n = 0; n < BATCH; n++) {
        double normed = (x[n][u] - mean) / Math.sqrt(square + 1e-3);
        logits[n] += output.get(u) * (gamma.get(u) * normed + beta.get(u));
      }
    }
    double loss = 0;
    for (int n = 0; n < BATCH; n++) {
      loss += crossEntropy(1 / (1 + Math.exp(-logits[n])), batch.labels[n]) / BATCH;
    }
    return loss;
  }

  private static double crossEntropy(double p, double label) {
    return -label * Math.log(p) - (1 - label) * Math.log(1 - p);
  }

  private final class Batch {

    private final float[][] images = new float[BATCH][];
    private final float[] labels = {1, 0, 1};

    Batch(Network network) {
      for (int n = 0; n < BATCH; n++) {
        images[n] = new float[network.inputShape().size()];
        for (int i = 0; i < images[n].length; i++) {
          images[n][i] = random.nextFloat() * 2 - 1;
        }
      }
    }

    FloatBuffer buffer() {
      FloatBuffer buffer = FloatBuffer.allocate(BATCH * images[0].length);
      for (float[] image : images) {
        buffer.put(image);
      }
      return buffer.flip();
    }
  }

  private static Map<String, float[]> gradients(
      Network network, TrainingOptions.Builder options, Batch batch) {
    options.program(new ProgramOptions(Device.CPU, 1));
    try (TensorFlowTraining session =
        (TensorFlowTraining)
            new TensorFlowBackend().trainable().orElseThrow().open(network, options.build())) {
      return session.gradients(batch.buffer(), batch.labels);
    }
  }

  private void check(Network network, TrainingOptions.Builder options) {
    Batch batch = new Batch(network);
    Map<String, float[]> gradients = gradients(network, options, batch);
    TrainingOptions built = options.build();
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (int n = 0; n < network.nodes().size(); n++) {
      Layer layer = network.node(n).layer();
      String name = network.node(n).name();
      int learned = layer.weights().size() - (layer instanceof Layer.BatchNormalization ? 2 : 0);
      for (int i = 0; i < learned && !name.contains("#"); i++) {
        Weights weights = layer.weights().get(i);
        seen.put(name + "/" + i, i);
        compare(
            name + "/" + i,
            weights,
            gradients,
            moved -> loss(batch, replaced(network, weights, moved), built));
      }
    }
    assertThat(gradients.keySet()).isEqualTo(seen.keySet());
  }

  private static Network replaced(Network network, Weights old, Weights moved) {
    Network.Builder copy = Network.builder(network.name());
    network
        .nodes()
        .forEach(
            node ->
                copy.add(
                    node.name(),
                    node.layer()
                        .withWeights(
                            node.layer().weights().stream()
                                .map(w -> w.equals(old) ? moved : w)
                                .toList()),
                    node.inputs()));
    return copy.build(network.outputs());
  }

  private static double loss(Batch batch, Network network, TrainingOptions options) {
    double loss = 0;
    for (int n = 0; n < BATCH; n++) {
      double label =
          batch.labels[n] * (1 - options.labelSmoothing()) + options.labelSmoothing() / 2;
      loss += crossEntropy(Interpreter.run(network, batch.images[n])[0][0], label) / BATCH;
    }
    for (var node : network.nodes()) {
      for (Weights weights : node.layer().weights()) {
        for (int i = 0; weights.shape().rank() > 1 && i < weights.size(); i++) {
          loss += options.l2(node.name()) * weights.get(i) * weights.get(i);
        }
      }
    }
    return loss;
  }

  private static void compare(
      String name,
      Weights weights,
      Map<String, float[]> gradients,
      ToDoubleFunction<Weights> loss) {
    float[] gradient = gradients.get(name);
    assertThat(gradient).as(name).hasSize(weights.size());
    for (int i = 0; i < gradient.length; i += Math.max(1, gradient.length / 40)) {
      float[] up = weights.toArray();
      float[] down = weights.toArray();
      up[i] += MOVE;
      down[i] -= MOVE;
      double difference =
          loss.applyAsDouble(Weights.of(weights.shape(), up))
              - loss.applyAsDouble(Weights.of(weights.shape(), down));
      double expected = difference / ((double) up[i] - down[i]);
      assertThat((double) gradient[i]).as("%s[%d]", name, i).isCloseTo(expected, within(TOLERANCE));
    }
  }
}
