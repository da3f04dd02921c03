package io.unmask.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.testkit.FullSizeModels;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {

  private static final WeightInitializer ZEROS =
      (layer, variable, shape) -> Weights.view(shape, FloatBuffer.wrap(new float[shape.size()]));

  static Stream<FullSizeModels.Case> fullSize() {
    return FullSizeModels.all();
  }

  @ParameterizedTest
  @MethodSource("fullSize")
  void asksForKerassVariables(FullSizeModels.Case model) {
    Map<String, Shape> asked = new LinkedHashMap<>();
    model.network(
        (layer, variable, shape) -> {
          asked.put(layer.substring(layer.lastIndexOf('/') + 1) + "/" + variable, shape);
          return ZEROS.create(layer, variable, shape);
        });
    assertThat(List.copyOf(asked.entrySet())).isEqualTo(List.copyOf(model.variables().entrySet()));
  }

  @Test
  void hasTheReferencesNumberOfParameters() {
    assertThat(XceptionClassifier.reference().build(ZEROS).parameters()).isEqualTo(21_420_585);
    assertThat(SmallCnn.reference().build(ZEROS).parameters()).isEqualTo(3_696_625);
  }

  @Test
  void theNarrowXceptionIsAFifteenthOfTheWhole() {
    Network mini = XceptionClassifier.mini().build(ZEROS);
    assertThat(mini.parameters()).isEqualTo(1_396_499);
    assertThat(mini.inputShape()).isEqualTo(Shape.of(224, 224, 3));
    assertThat(shape(mini, "xception/block14_sepconv2_act")).isEqualTo(Shape.of(7, 7, 512));
    assertThat(shape(mini, "dense_1")).isEqualTo(Shape.of(64));
    assertThat(mini.nodes()).last().extracting(Node::name).isEqualTo("output_layer");
  }

  @Test
  void smallCnnAnswersAsKerasDoes() {
    FullSizeModels.Case cnn = fullSize().filter(c -> c.name().equals("cnn")).findFirst().get();
    Network network = cnn.network();
    cnn.probabilities()
        .forEach(
            (seed, probability) -> {
              float[] image = GoldenModels.smoothImage(network.inputShape(), seed);
              assertThat(Interpreter.run(network, image)[0][0])
                  .isCloseTo(probability, within(2e-6));
            });
  }

  @Test
  void highPassFiltersSeeDifferencesOnlyAndClipThem() {
    HighPassXception small = new HighPassXception(Shape.of(12, 12, 3), List.of(2, 3), 0.1);
    Network network = small.build(ZEROS);
    Network.Builder front = Network.builder("front");
    network.nodes().stream()
        .takeWhile(node -> !node.name().equals("conv1"))
        .forEach(node -> front.add(node.name(), node.layer(), node.inputs()));
    Network filters = front.build(2);
    float[] image = new float[12 * 12 * 3];
    Arrays.fill(image, 0.5f);
    int row = 10 * 15; // the filters do not look beyond the edge
    int middle = row + 15;
    double[] flat = Interpreter.run(filters, image)[0];
    for (int filter = 0; filter < 15; filter++) {
      assertThat(flat[middle + filter]).isCloseTo(2, within(1e-5));
    }
    image[(2 * 12 + 3) * 3] += 3 / 255f; // red, one to the right, three grey levels more
    double[] step = Interpreter.run(filters, image)[0];
    double[] expected = {3, 2, 3, 2, 2.5};
    for (int filter = 0; filter < 5; filter++) {
      assertThat(step[middle + filter]).isCloseTo(expected[filter], within(1e-4));
    }
    assertThat(step[middle + 15]).isCloseTo(1, within(1e-4)); // where the red is
    assertThat(step[middle + 15 + 2]).isCloseTo(0, within(1e-4));
    assertThat(step[middle + 5]).isCloseTo(2, within(1e-5)); // green
    image[(2 * 12 + 3) * 3] += 100 / 255f;
    double[] edge = Interpreter.run(filters, image)[0];
    assertThat(edge[middle]).isEqualTo(4);
    assertThat(edge[middle + 15]).isEqualTo(0);
  }

  @Test
  void theHighPassNetworkIsSmall() {
    Network network = HighPassXception.standard().build(ZEROS);
    assertThat(network.parameters()).isEqualTo(43_015);
    assertThat(shape(network, "sepconv1_act")).isEqualTo(Shape.of(250, 250, 16));
    assertThat(shape(network, "block4_sepconv1_act")).isEqualTo(Shape.of(26, 26, 192));
    assertThatThrownBy(() -> new HighPassXception(Shape.of(9, 9, 1), List.of(1, 2), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three colours");
    assertThatThrownBy(() -> new HighPassXception(Shape.of(9, 9, 3), List.of(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two widths");
  }

  @Test
  void namesLayersInKerassOrder() {
    List<String> names =
        XceptionClassifier.reference().build(ZEROS).nodes().stream().map(Node::name).toList();
    assertThat(names).hasSize(140).startsWith("input_layer", "xception/block1_conv1");
    assertThat(names)
        .containsSubsequence(
            "xception/block2_sepconv2_bn",
            "xception/conv2d",
            "xception/block2_pool",
            "xception/batch_normalization",
            "xception/add",
            "xception/block3_sepconv1_act")
        .containsSubsequence(
            "xception/conv2d_3",
            "xception/block13_pool",
            "xception/batch_normalization_3",
            "xception/add_11",
            "xception/block14_sepconv1")
        .endsWith(
            "global_avg_pooling",
            "dense_1",
            "batch_norm_1",
            "dropout_1",
            "dense_2",
            "batch_norm_2",
            "dropout_2",
            "output_layer");
  }

  @Test
  void widthScalesTheTrunkOnly() {
    Network narrow =
        new XceptionClassifier(Shape.of(71, 80, 3), 0.125, List.of(8), 0.1).build(ZEROS);
    assertThat(narrow.outputShape(0)).isEqualTo(Shape.of(1));
    assertThat(shape(narrow, "xception/block14_sepconv2_act")).isEqualTo(Shape.of(3, 3, 256));
    assertThat(shape(narrow, "dense_1")).isEqualTo(Shape.of(8));
  }

  @Test
  void refusesImagesThatAreTooSmall() {
    assertThatThrownBy(() -> new XceptionClassifier(Shape.of(70, 224, 3), 1, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("71x71", "(70, 224, 3)");
    assertThatThrownBy(() -> new SmallCnn(Shape.of(21, 30, 3)).build(ZEROS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 'max_pooling2d_2'");
    assertThat(new SmallCnn(Shape.of(22, 22, 3)).build(ZEROS).outputShape(0))
        .isEqualTo(Shape.of(1));
  }

  @Test
  void refusesAnInitializerThatGivesAnotherShape() {
    assertThatThrownBy(() -> SmallCnn.reference().build((l, v, s) -> Weights.vector(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("conv2d/kernel", "(1,)", "(3, 3, 3, 16)");
  }

  private static Shape shape(Network network, String name) {
    return network.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow()
        .shape();
  }
}
