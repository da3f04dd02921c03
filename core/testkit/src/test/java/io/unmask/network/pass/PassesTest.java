package io.unmask.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.testkit.Interpreter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each pass does to the graph; that answers stay the same, the golden models show. */
class PassesTest {

  private static final Shape IMAGE = Shape.of(4, 3, 2);
  private static final Window THREE =
      new Window(Window.Size.square(3), Window.Size.ONE, Padding.SAME);

  @Test
  void foldsBatchNormalizationIntoTheConvolutionBeforeIt() {
    Network network = convolution(Activations.LINEAR, false);
    Network folded = new FoldBatchNormalization().apply(network);
    assertThat(names(folded)).containsExactly("image", "conv");
    assertSameAnswers(folded, network);
  }

  /** Nothing keeps a model from naming layers as the passes do. */
  @Test
  void stepsAreNamedOtherwiseWhereTheirNamesAreTaken() {
    Network.Builder builder = Network.builder("names");
    int image = builder.add("features", new Layer.Input(IMAGE));
    int before = builder.add("a/activation", new Layer.Activate(Activations.RELU), image);
    Layer convolution =
        new Layer.SeparableConv2D(
            Weights.of(Shape.of(1, 1, 2, 1), 2, 3),
            Weights.of(Shape.of(1, 1, 2, 2), 1, -1, 2, 1),
            null,
            new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID),
            Activations.RELU);
    int middle = builder.add("a", convolution, before);
    int behind =
        builder.add("a/depthwise", new Layer.Rescaling(List.of(2.0), List.of(1.0)), middle);
    Network network = builder.build(behind);
    Network split = new SplitLayers().apply(network);
    assertThat(names(split))
        .containsExactly(
            "features", "a/activation", "a/depthwise'", "a", "a/activation'", "a/depthwise");
    assertSameAnswers(split, network);
    Network.Builder second = Network.builder("features");
    int input = second.add("image", new Layer.Input(IMAGE));
    int cut = second.add("cut", new Layer.Activate(Activations.RELU), input);
    Network named =
        second.build(second.add("features", new Layer.Activate(Activations.SIGMOID), cut));
    CutNetwork pieces = CutNetwork.behind(named, "cut");
    assertThat(names(pieces.head())).containsExactly("features'", "features");
    assertThat(names(pieces.joined())).containsExactlyElementsOf(names(named));
  }

  @Test
  void anOutputThatIsNotThereIsTheCallersMistake() {
    Network.Builder builder = Network.builder("few");
    builder.add("image", new Layer.Input(IMAGE));
    for (int output : new int[] {99, 1, -1}) {
      assertThatThrownBy(() -> builder.build(output))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("network 'few' has 1 nodes, and no node %d to put out", output);
    }
  }

  @Test
  void leavesBatchNormalizationBehindAnActivation() {
    Network network = convolution(Activations.RELU, false);
    assertThat(names(new FoldBatchNormalization().apply(network))).contains("norm");
  }

  @Test
  void leavesBatchNormalizationOfAConvolutionThatAnotherReads() {
    Network network = convolution(Activations.LINEAR, true);
    assertThat(names(new FoldBatchNormalization().apply(network))).contains("norm");
  }

  @Test
  void foldsBatchNormalizationIntoTheDenseLayerBehindIt() {
    Network network = dense(false);
    Network folded = new FoldBatchNormalization().apply(network);
    assertThat(names(folded)).containsExactly("image", "relu", "dense");
    assertSameAnswers(folded, network);
  }

  @Test
  void leavesBatchNormalizationThatIsAnOutput() {
    Network network = dense(true);
    assertThat(names(new FoldBatchNormalization().apply(network))).contains("norm");
  }

  @Test
  void foldsOnBothSidesOfOneDenseLayer() {
    Network.Builder builder = Network.builder("both");
    int x = builder.add("image", new Layer.Input(IMAGE));
    x = builder.add("first", norm(2, 1), x);
    x = builder.add("dense", new Layer.Dense(weights(3, 2, 3), null, Activations.LINEAR), x);
    x = builder.add("second", norm(3, 2), x);
    Network network = builder.build(x);
    Network folded = new FoldBatchNormalization().apply(network);
    assertThat(names(folded)).containsExactly("image", "dense");
    assertSameAnswers(folded, network);
  }

  @Test
  void mergesUnderOneInputWithAllOutputsInOrder() {
    Network one = convolution(Activations.LINEAR, true);
    Network two = dense(false);
    Network merged = MergeNetworks.merge("ensemble", List.of(one, two));
    assertThat(names(merged)).startsWith("input", "1/conv").endsWith("2/dense");
    assertThat(merged.outputs()).hasSize(3);
    float[] image = image();
    double[][] answer = Interpreter.run(merged, image);
    assertThat(answer[1]).isEqualTo(Interpreter.run(one, image)[1]);
    assertThat(answer[2]).isEqualTo(Interpreter.run(two, image)[0]);
  }

  @Test
  void refusesToMergeNothingOrImagesOfDifferentSizes() {
    assertThatThrownBy(() -> MergeNetworks.merge("none", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    Network.Builder other = Network.builder("other");
    Network larger = other.build(other.add("image", new Layer.Input(Shape.of(5, 3, 2))));
    assertThatThrownBy(() -> MergeNetworks.merge("two", List.of(dense(false), larger)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'other'", "(5, 3, 2)", "(4, 3, 2)");
  }

  @Test
  void sharesWhatIsIdenticalAndOnlyThat() {
    Network one = trunkAndHead(1f, 5);
    Network two = trunkAndHead(1f, 6);
    Network shared = new ShareIdentical().apply(MergeNetworks.merge("m", List.of(one, two)));
    assertThat(names(shared)).containsExactly("input", "1/trunk", "1/head", "2/head");
    assertThat(shared.outputs()).containsExactly(2, 3);
  }

  @Test
  void doesNotShareWhatDiffersInOneBitOfOneWeight() {
    Network one = trunkAndHead(1f, 5);
    Network two = trunkAndHead(Math.nextUp(1f), 5);
    Network merged = MergeNetworks.merge("m", List.of(one, two));
    assertThat(names(new ShareIdentical().apply(merged)))
        .containsExactly("input", "1/trunk", "1/head", "2/trunk", "2/head");
  }

  @Test
  void sharesOneNodeForTwoOutputsOfTheSameModel() {
    Network model = trunkAndHead(1f, 5);
    Network shared = new ShareIdentical().apply(MergeNetworks.merge("m", List.of(model, model)));
    assertThat(shared.outputs()).containsExactly(2, 2);
    assertThat(shared.nodes()).hasSize(3);
  }

  @Test
  void dropsWhatDoesNothingAtInference() {
    Network.Builder builder = Network.builder("noops");
    int x = builder.add("image", new Layer.Input(IMAGE));
    x = builder.add("dropout", new Layer.Dropout(0.5, true), x);
    x = builder.add("linear", new Layer.Activate(Activations.LINEAR), x);
    x = builder.add("padding", new Layer.ZeroPadding2D(0, 0, 0, 0), x);
    x = builder.add("alone", new Layer.Concatenate(2), x);
    x = builder.add("relu", new Layer.Activate(Activations.RELU), x);
    x = builder.add("same", new Layer.Reshape(IMAGE), x);
    x = builder.add("flat", new Layer.Reshape(Shape.of(24)), x);
    Network network = builder.build(builder.add("last", new Layer.Dropout(0.5, false), x));
    Network dropped = new DropInferenceNoOps().apply(network);
    assertThat(names(dropped)).containsExactly("image", "relu", "flat");
    assertThat(dropped.outputs()).containsExactly(2);
  }

  @Test
  void splitsSeparableConvolutionsAndActivations() {
    Network.Builder builder = Network.builder("separable");
    int x = builder.add("image", new Layer.Input(IMAGE));
    Layer separable =
        new Layer.SeparableConv2D(
            weights(1, 3, 3, 2, 1), weights(2, 1, 1, 2, 4), null, THREE, new Activation.Tanh());
    Network network = builder.build(builder.add("sep", separable, x));
    Network split = new SplitLayers().apply(network);
    assertThat(names(split)).containsExactly("image", "sep/depthwise", "sep", "sep/activation");
    assertSameAnswers(split, network);
  }

  @Test
  void leavesNothingToDoForASecondRun() {
    Network once = Passes.forInference().apply(convolution(Activations.RELU, true));
    assertThat(Passes.forInference().apply(once).nodes()).isEqualTo(once.nodes());
  }

  private static Network convolution(Activation activation, boolean readTwice) {
    Network.Builder builder = Network.builder("convolution");
    int image = builder.add("image", new Layer.Input(IMAGE));
    Layer layer = new Layer.Conv2D(weights(1, 3, 3, 2, 4), weights(2, 4), THREE, 1, activation);
    int conv = builder.add("conv", layer, image);
    int norm = builder.add("norm", norm(4, 3), conv);
    return readTwice ? builder.build(norm, conv) : builder.build(norm);
  }

  private static Network dense(boolean normIsOutput) {
    Network.Builder builder = Network.builder("dense");
    int x = builder.add("image", new Layer.Input(IMAGE));
    x = builder.add("relu", new Layer.Activate(Activations.RELU), x);
    int norm = builder.add("norm", norm(2, 1), x);
    Layer layer = new Layer.Dense(weights(3, 2, 3), weights(4, 3), Activations.SIGMOID);
    int dense = builder.add("dense", layer, norm);
    return normIsOutput ? builder.build(dense, norm) : builder.build(dense);
  }

  private static Network trunkAndHead(float trunk, int head) {
    Network.Builder builder = Network.builder("model");
    int x = builder.add("image", new Layer.Input(IMAGE));
    Weights kernel = Weights.of(Shape.of(2, 1), trunk, -0.5f);
    x = builder.add("trunk", new Layer.Dense(kernel, null, Activations.LINEAR), x);
    Layer layer = new Layer.Dense(weights(head, 1, 2), null, Activations.LINEAR);
    return builder.build(builder.add("head", layer, x));
  }

  private static Layer norm(int channels, int seed) {
    float[] variance = weights(seed + 3, channels).toArray();
    for (int i = 0; i < channels; i++) {
      variance[i] = 0.5f + Math.abs(variance[i]);
    }
    return new Layer.BatchNormalization(
        weights(seed, channels),
        weights(seed + 1, channels),
        weights(seed + 2, channels),
        Weights.vector(variance),
        1e-3);
  }

  private static Weights weights(int seed, int... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(1.7 * i + seed);
    }
    return Weights.of(shape, values);
  }

  private static float[] image() {
    return weights(9, 4, 3, 2).toArray();
  }

  private static List<String> names(Network network) {
    return network.nodes().stream().map(Node::name).toList();
  }

  private static void assertSameAnswers(Network actual, Network expected) {
    double[] answer = Interpreter.run(actual, image())[0];
    double[] wanted = Interpreter.run(expected, image())[0];
    assertThat(answer).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(answer[i]).isCloseTo(wanted[i], within(1e-6)); // weights are rounded to float
    }
  }
}
