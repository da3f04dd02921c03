package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.error.BackendException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.network.pass.CutNetwork;
import io.unmask.spi.Availability;
import io.unmask.spi.BatchResult;
import io.unmask.spi.Device;
import io.unmask.spi.OptimizerState;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Trainable;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.Interpreter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFlowTrainerTest {

  private static final int BATCH = 4;
  private static final Shape IMAGE = Shape.of(71, 71, 3);
  private static final Network XCEPTION =
      new XceptionClassifier(IMAGE, 0.02, List.of(6, 4), 0.3)
          .build(new FormulaWeights("output_layer", 1, 0));

  private final Trainable trainer = new TensorFlowBackend().trainable().orElseThrow();

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder().program(new ProgramOptions(Device.CPU, 2)).seed(9);
  }

  private static TrainingOptions.Builder headOnly() {
    return options().trainable(layer -> !isTrunk(layer));
  }

  private static TrainingOptions.Builder everything() {
    return options().batchStatistics(layer -> !isTrunk(layer));
  }

  private static boolean isTrunk(String layer) {
    return layer.startsWith(XceptionClassifier.TRUNK_PREFIX);
  }

  private static FloatBuffer images(Shape shape, int batch) {
    FloatBuffer images = FloatBuffer.allocate(BATCH * shape.size());
    for (int i = 0; images.hasRemaining(); i++) {
      images.put((i * (batch + 3) % 17) / 17f);
    }
    return images.flip();
  }

  private static final float[] LABELS = {1, 0, 0, 1};

  private static void steps(TrainingSession session, Shape shape, int from, int to) {
    for (int n = from; n < to; n++) {
      session.step(images(shape, n), LABELS, 1e-3);
    }
  }

  private Network trained(TrainingOptions options, int steps) {
    try (TrainingSession session = trainer.open(XCEPTION, options)) {
      steps(session, IMAGE, 0, steps);
      return session.network();
    }
  }

  private static List<String> changed(Network before, Network after) {
    return IntStream.range(0, before.nodes().size())
        .filter(i -> !before.node(i).layer().equals(after.node(i).layer()))
        .mapToObj(i -> before.node(i).name())
        .toList();
  }

  @Test
  void trainingTheHeadLeavesTheTrunkBitIdentical() {
    assertThat(changed(XCEPTION, trained(headOnly().build(), 3)))
        .containsExactly("dense_1", "batch_norm_1", "dense_2", "batch_norm_2", "output_layer");
  }

  @Test
  void fineTuningChangesAllOfTheTrunkButItsStatistics() {
    Network tuned = trained(everything().build(), 3);
    List<String> withWeights =
        XCEPTION.nodes().stream()
            .filter(node -> !node.layer().weights().isEmpty())
            .map(Node::name)
            .toList();
    assertThat(changed(XCEPTION, tuned)).isEqualTo(withWeights);
    for (int i = 0; i < tuned.nodes().size(); i++) {
      if (isTrunk(tuned.node(i).name())
          && tuned.node(i).layer() instanceof Layer.BatchNormalization after) {
        Layer.BatchNormalization before = (Layer.BatchNormalization) XCEPTION.node(i).layer();
        assertThat(after.mean()).isEqualTo(before.mean());
        assertThat(after.variance()).isEqualTo(before.variance());
        assertThat(after.gamma()).isNotEqualTo(before.gamma());
        assertThat(after.beta()).isNotEqualTo(before.beta());
      }
    }
  }

  @Test
  void theOptimizerCoversWhatIsTrained() {
    long learned =
        XCEPTION.nodes().stream()
            .mapToLong(
                node ->
                    node.layer().weights().size()
                        - (node.layer() instanceof Layer.BatchNormalization ? 2 : 0))
            .sum();
    try (TrainingSession session = trainer.open(XCEPTION, everything().build())) {
      steps(session, IMAGE, 0, 1);
      OptimizerState state = session.optimizerState();
      assertThat(state.steps()).isEqualTo(1);
      assertThat(state.slots()).hasSize((int) (2 * learned));
      assertThat(state.slots())
          .containsKeys("xception/block1_conv1/0/momentum", "output_layer/1/velocity");
      assertThat(state.slots().values()).noneMatch(TensorFlowTrainerTest::isZero);
    }
    try (TrainingSession session = trainer.open(XCEPTION, headOnly().build())) {
      assertThat(session.optimizerState().slots().keySet())
          .hasSize(2 * 10)
          .noneMatch(TensorFlowTrainerTest::isTrunk);
    }
  }

  private static boolean isZero(Weights weights) {
    return IntStream.range(0, weights.size()).allMatch(i -> weights.get(i) == 0);
  }

  @Test
  void anInterruptedTrainingGoesOnBitByBit() {
    Network unbroken = trained(everything().build(), 4);
    Network half;
    OptimizerState state;
    try (TrainingSession session = trainer.open(XCEPTION, everything().build())) {
      steps(session, IMAGE, 0, 2);
      half = session.network();
      state = session.optimizerState();
    }
    try (TrainingSession session = trainer.open(half, everything().build())) {
      session.restore(state);
      steps(session, IMAGE, 2, 4);
      assertThat(session.network().nodes()).isEqualTo(unbroken.nodes());
    }
  }

  @Test
  void aHeadOnFeaturesIsTrainedAsOnItsTrunk() {
    TrainingOptions options = headOnly().dropout(layer -> false).build();
    CutNetwork cut = CutNetwork.behind(XCEPTION, "global_avg_pooling");
    Network joined;
    try (TrainingSession session = trainer.open(cut.head(), options)) {
      for (int n = 0; n < 3; n++) {
        FloatBuffer features = FloatBuffer.allocate(BATCH * cut.head().inputShape().size());
        FloatBuffer images = images(IMAGE, n);
        for (int i = 0; i < BATCH; i++) {
          float[] image = new float[IMAGE.size()];
          images.get(image);
          for (double feature : Interpreter.run(cut.trunk(), image)[0]) {
            features.put((float) feature);
          }
        }
        session.step(features.flip(), LABELS, 1e-3);
      }
      joined = new CutNetwork(cut.trunk(), session.network()).joined();
    }
    Network whole = trained(options, 3);
    float[] image = new float[IMAGE.size()];
    images(IMAGE, 5).get(image);
    assertThat(Interpreter.run(joined, image)[0][0])
        .isCloseTo(Interpreter.run(whole, image)[0][0], within(1e-4));
  }

  @Test
  void dropoutDependsOnTheSeedAndTheStepAlone() {
    assertThat(trained(headOnly().build(), 2).nodes())
        .isEqualTo(trained(headOnly().build(), 2).nodes())
        .isNotEqualTo(trained(headOnly().seed(10).build(), 2).nodes())
        .isNotEqualTo(trained(headOnly().dropout(layer -> false).build(), 2).nodes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dropoutDropsItsShareAndKeepsTheMean(boolean spatial) {
    Network.Builder builder = Network.builder("net");
    int input = builder.add("image", new Layer.Input(Shape.of(2, 2, 1000)));
    int dropout = builder.add("dropout", new Layer.Dropout(0.25, spatial), input);
    int mean = builder.add("mean", new Layer.GlobalAveragePooling2D(false), dropout);
    float[] thousandths = new float[1000];
    Arrays.fill(thousandths, 0.001f);
    Layer dense =
        new Layer.Dense(
            Weights.of(Shape.of(1000, 1), thousandths), Weights.vector(0), Activations.SIGMOID);
    Network network = builder.build(builder.add("dense", dense, mean));
    float[] ones = new float[4000];
    Arrays.fill(ones, 1);
    try (TrainingSession session = trainer.open(network, options().build())) {
      TensorFlowTraining training = (TensorFlowTraining) session;
      float[] kernel = training.gradients(FloatBuffer.wrap(ones), new float[] {1}).get("dense/0");
      int dropped = 0;
      double sum = 0;
      for (float gradient : kernel) { // proportional to what dropout lets through
        dropped += gradient == 0 ? 1 : 0;
        sum += gradient;
      }
      double perUnit =
          training.gradients(FloatBuffer.wrap(ones), new float[] {1}).get("dense/1")[0];
      assertThat(sum / perUnit / 1000).isCloseTo(1, within(spatial ? 0.06 : 0.03));
      assertThat(dropped / 1000.0).isCloseTo(spatial ? 0.25 : Math.pow(0.25, 4), within(0.05));
      assertThat(session.predict(FloatBuffer.wrap(ones), 1)[0])
          .isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-5f));
    }
  }

  @Test
  void evaluatingAndPredictingAreAsAtInferenceAndChangeNothing() {
    try (TrainingSession session =
        trainer.open(XCEPTION, everything().labelSmoothing(0.5).build())) {
      float[] predictions = session.predict(images(IMAGE, 1), BATCH);
      BatchResult result = session.evaluate(images(IMAGE, 1), LABELS);
      FloatBuffer images = images(IMAGE, 1);
      double loss = 0;
      int correct = 0;
      for (int n = 0; n < BATCH; n++) {
        float[] image = new float[IMAGE.size()];
        images.get(image);
        double p = Interpreter.run(XCEPTION, image)[0][0];
        assertThat((double) predictions[n]).isCloseTo(p, within(2e-5));
        loss -= Math.log(LABELS[n] == 1 ? p : 1 - p) / BATCH;
        correct += (p > 0.5) == (LABELS[n] == 1) ? 1 : 0;
      }
      assertThat(result.count()).isEqualTo(BATCH);
      assertThat(result.loss()).isCloseTo(loss, within(1e-4));
      assertThat(result.correct()).isEqualTo(correct);
      assertThat(session.network().nodes()).isEqualTo(XCEPTION.nodes());
      assertThat(session.optimizerState().steps()).isZero();
      assertThat(session.info().device()).isEqualTo("cpu");
    }
  }

  @Test
  void aFewStepsLowerTheLoss() {
    try (TrainingSession session = trainer.open(XCEPTION, options().dropout(l -> false).build())) {
      double first = session.step(images(IMAGE, 0), LABELS, 1e-3).loss();
      for (int n = 0; n < 20; n++) {
        session.step(images(IMAGE, 0), LABELS, 1e-3);
      }
      assertThat(session.step(images(IMAGE, 0), LABELS, 1e-3).loss()).isLessThan(0.8 * first);
    }
  }

  @Test
  void equalWeightsOfDifferentLayersAreTrainedApart() {
    Weights zero = Weights.vector(0, 0);
    Network.Builder builder = Network.builder("net");
    int input = builder.add("image", new Layer.Input(Shape.of(2)));
    Weights kernel = Weights.of(Shape.of(2, 2), 1, -1, 2, 0.5f);
    Layer dense = new Layer.Dense(kernel, zero, Activations.LINEAR);
    int one = builder.add("one", dense, input);
    int two = builder.add("two", dense, one);
    Layer last =
        new Layer.Dense(Weights.of(Shape.of(2, 1), 1, -1), Weights.vector(0), Activations.SIGMOID);
    Network network = builder.build(builder.add("last", last, two));
    try (TrainingSession session =
        trainer.open(network, options().trainable(layer -> layer.equals("one")).build())) {
      session.step(FloatBuffer.wrap(new float[] {1, 2}), new float[] {0}, 1e-2);
      assertThat(changed(network, session.network())).containsExactly("one");
    }
  }

  @Test
  void refusesWhatCannotBeTrained() {
    assertThatThrownBy(() -> trainer.open(XCEPTION, options().trainable(layer -> false).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no layer that is to be trained");
    Network features = CutNetwork.behind(XCEPTION, "global_avg_pooling").trunk();
    assertThatThrownBy(() -> trainer.open(features, options().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("should put out one probability");
    assertThatThrownBy(() -> trainer.open(dilated(Activations.SIGMOID), options().build()))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("'conv'", "dilation");
    assertThatThrownBy(() -> trainer.open(dilated(Activations.LINEAR), options().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("should end in a sigmoid");
  }

  private static Network dilated(Activation end) {
    Window.Size two = Window.Size.square(2);
    Window window = new Window(two, Window.Size.ONE, two, Padding.VALID);
    Network.Builder builder = Network.builder("net");
    int input = builder.add("image", new Layer.Input(Shape.of(3, 3, 1)));
    Weights kernel = Weights.of(Shape.of(2, 2, 1, 1), 1, 2, 3, 4);
    int conv =
        builder.add("conv", new Layer.Conv2D(kernel, null, window, 1, Activations.LINEAR), input);
    int flat = builder.add("flat", new Layer.Reshape(Shape.of(1)), conv);
    return builder.build(builder.add("end", new Layer.Activate(end), flat));
  }

  @Test
  void refusesWrongBatchesStatesAndUseAfterClosing() {
    TrainingSession session = trainer.open(XCEPTION, headOnly().build());
    try (session) {
      assertThatThrownBy(() -> session.step(images(IMAGE, 0), new float[3], 1e-3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 image(s) of shape (71, 71, 3)");
      assertThatThrownBy(() -> session.step(images(IMAGE, 0), new float[] {0, 1, 2, 0}, 1e-3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label");
      assertThatThrownBy(() -> session.step(images(IMAGE, 0), LABELS, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("learning rate");
      assertThatThrownBy(() -> session.restore(new OptimizerState(1, Map.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not fit");
      assertThat(session.network().nodes()).isEqualTo(XCEPTION.nodes());
    }
    session.close();
    assertThatThrownBy(session::network).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assumeTrue(new TensorFlowBackend().probe(Device.GPU) instanceof Availability.Unavailable);
    TrainingOptions options = options().program(new ProgramOptions(Device.GPU, 0)).build();
    assertThatThrownBy(() -> trainer.open(XCEPTION, options)).isInstanceOf(BackendException.class);
  }
}
