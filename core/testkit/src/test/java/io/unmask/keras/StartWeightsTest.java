package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.DetectorException;
import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.json.Json;
import io.unmask.keras.config.AutomaticName;
import io.unmask.keras.layers.Variable;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.GoldenDocuments;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are those of {@code make_start_weights.py}, in which all weights are by formula. */
class StartWeightsTest {

  private static final WeightInitializer FRESH = new KerasInitializer(1);
  private static final WeightInitializer FORMULA = new FormulaWeights("", 1, 0);
  private static final Predicate<String> TRUNK =
      layer -> layer.startsWith(XceptionClassifier.TRUNK_PREFIX);

  @TempDir Path folder;

  private static Network xception(WeightInitializer weights, Integer... head) {
    return new XceptionClassifier(Shape.of(71, 71, 3), 1.0 / 64, List.of(head), 0.3).build(weights);
  }

  private static Network cnn(WeightInitializer weights) {
    return new SmallCnn(Shape.of(22, 22, 3)).build(weights);
  }

  private static Path file(String name) {
    return GoldenModels.file("start/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whole.keras",
        "whole.h5",
        "whole.weights.h5",
        "whole_legacy_weights.h5",
        "flat.keras",
        "top.keras",
        "trunk.h5",
        "trunk.weights.h5",
        "published.h5",
        "published_keras1.h5"
      })
  void takesTheTrunkOfAnyFileThatHasOne(String name) {
    Network fresh = xception(FRESH, 6, 4);
    StartWeights start = StartWeights.only(file(name), fresh, TRUNK);
    assertThat(start.layers()).isEqualTo(weighted(fresh, TRUNK));
    assertThat(start.complete()).isFalse();
    assertSame(start.network(), xception(FORMULA, 6, 4), TRUNK);
    assertSame(start.network(), fresh, TRUNK.negate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.keras", "whole.h5", "whole.weights.h5", "whole_legacy_weights.h5"})
  void takesAWholeModel(String name) {
    Network fresh = xception(FRESH, 6, 4);
    for (StartWeights start :
        List.of(
            StartWeights.all(file(name), fresh), StartWeights.atLeast(file(name), fresh, TRUNK))) {
      assertThat(start.layers()).isEqualTo(weighted(fresh, layer -> true));
      assertThat(start.complete()).isTrue();
      assertSame(start.network(), xception(FORMULA, 6, 4), layer -> true);
      assertThat(start.network().outputs()).isEqualTo(fresh.outputs());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flat.keras, 6 4",
    "top.keras, 6 4",
    "trunk.weights.h5, 6 4",
    "published_keras1.h5, 6 4",
    "whole.keras, 6 5",
    "whole.h5, 6",
    "whole.h5, 6 4 2",
    "whole.weights.h5, 8 4",
    "whole_legacy_weights.h5, 6 5",
  })
  void leavesAHeadThatTheFileHasNotAsItIs(String name, String units) {
    Integer[] head = Arrays.stream(units.split(" ")).map(Integer::valueOf).toArray(Integer[]::new);
    Network fresh = xception(FRESH, head);
    StartWeights start = StartWeights.atLeast(file(name), fresh, TRUNK);
    assertThat(start.layers()).isEqualTo(weighted(fresh, TRUNK));
    assertThat(start.complete()).isFalse();
    assertSame(start.network(), xception(FORMULA, head), TRUNK);
    assertSame(start.network(), fresh, TRUNK.negate());
  }

  @Test
  void matchesAutomaticNamesByTheirRank() {
    StartWeights start = StartWeights.all(file("cnn.keras"), cnn(FRESH));
    assertSame(start.network(), cnn(FORMULA), layer -> true);
  }

  @Test
  void takesWhatTheWriterWrote() {
    Network written = xception(FORMULA, 3);
    Path model = folder.resolve("fold_1_phase1_best_model.keras");
    KerasWriter.write(written, model);
    StartWeights start = StartWeights.all(model, xception(FRESH, 3));
    assertSame(start.network(), written, layer -> true);
  }

  @Test
  void theTrunkFitsImagesOfAnySize() {
    XceptionClassifier larger =
        new XceptionClassifier(Shape.of(90, 101, 3), 1.0 / 64, List.of(), 0);
    StartWeights start = StartWeights.only(file("whole.keras"), larger.build(FRESH), TRUNK);
    assertSame(start.network(), larger.build(FORMULA), TRUNK);
    assertThat(start.network().inputShape()).isEqualTo(Shape.of(90, 101, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whole.keras", "whole.h5", "trunk.h5", "trunk.weights.h5", "published_keras1.h5"})
  void saysWhichShapesDoNotFit(String name) {
    Network wider = new XceptionClassifier(Shape.of(71, 71, 3), 0.0625, List.of(), 0).build(FRESH);
    assertThatThrownBy(() -> StartWeights.only(file(name), wider, TRUNK))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file(name) + ": layer 'xception/block1_conv1'")
        .hasMessageContainingAll("(3, 3, 3, 1)", "(3, 3, 3, 2)")
        .hasMessageEndingWith("take a file of the same architecture and width, or start without it")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("save the model again"));
  }

  @Test
  void namesALayerAsTheFileDoes() {
    Network network = StartWeights.only(file("top.keras"), xception(FRESH), TRUNK).network();
    Network.Builder builder = Network.builder("changed");
    for (Node node : network.nodes()) {
      boolean changed = node.name().equals("xception/conv2d_1");
      Layer.Conv2D conv = changed ? (Layer.Conv2D) node.layer() : null;
      builder.add(
          node.name(),
          conv == null
              ? node.layer()
              : new Layer.Conv2D(
                  conv.kernel(), Weights.vector(new float[4]), conv.window(), 1, conv.activation()),
          node.inputs());
    }
    Network biased = builder.build(network.outputs());
    assertThatThrownBy(() -> StartWeights.only(file("top.keras"), biased, TRUNK))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("'xception/conv2d_1' ('conv2d_9' in the file)", "bias");
    assertThatThrownBy(() -> StartWeights.only(file("trunk.h5"), biased, TRUNK))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("'xception/conv2d_1' ('conv2d_9' in the file)", "2 weights");
  }

  @ParameterizedTest
  @CsvSource({
    "cnn.keras, xception/block1_conv1, conv2d_9",
    "published.h5, dense_1, block1_conv1",
    "trunk.weights.h5, dense_1, more"
  })
  void saysWhichLayerIsMissing(String name, String missing, String present) {
    assertThatThrownBy(() -> StartWeights.all(file(name), xception(FRESH, 6, 4)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file(name) + ": it has no weights for layer '" + missing + "'")
        .hasMessageContainingAll(present, "same architecture");
  }

  @ParameterizedTest
  @CsvSource({
    "nameless.weights.h5, without the names of their layers, model.save",
    "cycle.weights.h5, nested more than 16 deep, do not trust",
    "external_link.weights.h5, link, not followed",
    "dangling.h5, no 'block1_conv1', save the model again",
  })
  void refusesDamagedWeights(String name, String what, String advice) {
    assertThatThrownBy(() -> StartWeights.only(file(name), xception(FRESH), TRUNK))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file(name).toString())
        .hasMessageContainingAll(what, advice);
  }

  @Test
  void refusesWhateverTheReaderRefuses() {
    Predicate<String> conv = layer -> layer.equals("conv");
    for (Json entry : GoldenDocuments.json("broken/broken.json").get("models").elements()) {
      Path file = GoldenModels.file("broken/" + entry.get("file").string());
      try {
        StartWeights start = StartWeights.atLeast(file, base(), conv);
        assertThat(start.layers()).contains("conv");
      } catch (ModelFormatException | UnsupportedLayerException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
      }
    }
  }

  /** A part of what {@code base.keras} and its broken copies are. */
  private static Network base() {
    Network whole = KerasReader.read(GoldenModels.file("base.keras"));
    Network.Builder builder = Network.builder("base");
    for (Node node : whole.nodes()) {
      List<Weights> zeros =
          node.layer().weights().stream()
              .map(weights -> Weights.of(weights.shape(), new float[weights.size()]))
              .toList();
      builder.add(node.name(), node.layer().withWeights(zeros), node.inputs());
    }
    return builder.build(whole.outputs());
  }

  @Test
  void layersThatAreNotSupportedDoNotMatter() {
    Path unknown = GoldenModels.file("broken/unknown_layer.keras");
    assertThatThrownBy(() -> KerasReader.read(unknown))
        .isInstanceOf(UnsupportedLayerException.class);
    StartWeights start = StartWeights.all(unknown, base());
    assertSame(start.network(), KerasReader.read(GoldenModels.file("base.keras")), layer -> true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.keras", "trunk.weights.h5", "published_keras1.h5"})
  void answersAnyDamageWithAnExceptionOfItsOwn(String name) throws IOException {
    byte[] good = Files.readAllBytes(file(name));
    Path damagedFile = folder.resolve("damaged");
    Network network = xception(FRESH, 6, 4);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      byte[] damaged = good.clone();
      for (int flip = 0; flip < 20; flip++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(damagedFile, damaged);
      try {
        StartWeights.atLeast(damagedFile, network, TRUNK);
      } catch (DetectorException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(damagedFile.toString()).doesNotContain("\n");
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.keras");
    assertThatThrownBy(() -> StartWeights.all(missing, xception(FRESH)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(missing.toString(), "no such file");
  }

  @Test
  void somethingMustBeAskedFor() {
    assertThatThrownBy(
            () ->
                StartWeights.only(file("cnn.keras"), cnn(FRESH), layer -> layer.equals("flatten")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'sequential'");
  }

  @Test
  void knowsTheNamesOfEveryLayersVariables() {
    Weights slopes = Weights.vector(1, 2);
    Weights matrix = Weights.of(Shape.of(2, 1), 1, 2);
    assertThat(LayerVariables.of(new Layer.PRelu(slopes)))
        .containsExactly(Variable.of("alpha", Shape.of(2)));
    assertThat(LayerVariables.of(new Layer.Dense(matrix, null, Activations.LINEAR)))
        .containsExactly(Variable.of("kernel", Shape.of(2, 1)));
    assertThat(
            LayerVariables.of(new Layer.BatchNormalization(null, slopes, slopes, slopes, 1e-3))
                .stream()
                .map(Variable::name))
        .containsExactly("beta", "moving_mean", "moving_variance");
    assertThat(LayerVariables.of(new Layer.Add())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "conv2d, conv2d, 0",
    "conv2d_12, conv2d, 12",
    "convolution2d_3, conv2d, 3",
    "batch_normalization_7, batchnormalization, 7",
    "batchnormalization_7, batchnormalization, 7",
    "separable_conv2d, separableconv2d, 0",
    "depthwise_conv2d_1, depthwiseconv2d, 1",
    "p_re_lu_2, prelu, 2",
    "dense_1, dense, 1",
  })
  void knowsAutomaticNames(String name, String kind, int number) {
    assertThat(AutomaticName.of(name)).isEqualTo(new AutomaticName(kind, number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "block1_conv1", "batch_norm_1", "dense_one", "_1", "conv2d_12345678901"})
  void knowsChosenNames(String name) {
    assertThat(AutomaticName.of(name)).isNull();
  }

  private static Set<String> weighted(Network network, Predicate<String> layers) {
    return network.nodes().stream()
        .filter(node -> !node.layer().weights().isEmpty())
        .map(Node::name)
        .filter(layers)
        .collect(Collectors.toSet());
  }

  private static void assertSame(Network actual, Network expected, Predicate<String> layers) {
    assertThat(actual.nodes()).hasSameSizeAs(expected.nodes());
    for (int i = 0; i < actual.nodes().size(); i++) {
      Node node = expected.node(i);
      assertThat(actual.node(i).name()).isEqualTo(node.name());
      if (layers.test(node.name())) {
        assertThat(actual.node(i).layer()).as(node.name()).isEqualTo(node.layer());
      }
    }
  }
}
