package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Detector;
import io.unmask.keras.KerasReader;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.BackboneClassifier;
import io.unmask.network.architecture.HighPassXception;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.GoldenModels;
import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceFolders;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Backbone;
import io.unmask.training.plan.Phase;
import io.unmask.training.plan.Plan;
import io.unmask.training.plan.Taps;
import io.unmask.training.run.Training;
import io.unmask.training.run.TrainingListener;
import io.unmask.training.run.TrainingSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings of very narrow networks from images to models, with this engine. */
class WholeTrainingTest {

  private static final int IMAGES = 6;

  private static final Architecture NARROW =
      Architecture.builder(
              "narrow",
              initializer ->
                  new XceptionClassifier(Shape.of(71, 71, 3), 1 / 64.0, List.of(4), 0.3)
                      .build(initializer),
              Plan.fromScratch())
          .trunk(new Architecture.Trunk(XceptionClassifier.TRUNK_PREFIX, "global_avg_pooling"))
          .regularised(List.of("dense_"))
          .build();

  private static final Architecture SMALL_HIGH_PASS =
      Architecture.builder(
              "small-high-pass",
              initializer ->
                  new HighPassXception(Shape.of(32, 32, 3), List.of(4, 6), 0.3).build(initializer),
              Plan.fromScratch())
          .fixed(List.of(HighPassXception.FIXED_LAYER))
          .build();

  @TempDir Path folder;

  @BeforeEach
  void drawFaces() throws IOException {
    Random random = new Random(5);
    for (String label : new String[] {"real", "fake"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      for (int i = 0; i < IMAGES; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
          image.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
        }
        ImageIO.write(image, "png", folder.resolve("data/" + label + "/" + i + ".png").toFile());
      }
    }
  }

  private void train(Architecture architecture, Plan plan, String out, TrainingListener listener) {
    train(architecture, plan, Optional.empty(), out, listener);
  }

  private void train(
      Architecture architecture,
      Plan plan,
      Optional<Path> weights,
      String out,
      TrainingListener listener) {
    TensorFlowBackend backend = new TensorFlowBackend();
    TrainingSettings.Builder settings =
        TrainingSettings.builder(
                FaceFolders.in(folder.resolve("data")).list(),
                folder.resolve(out),
                architecture,
                backend)
            .plan(plan)
            .folds(CrossValidation.shuffled(2, 42))
            .options(new ProgramOptions(Device.CPU, 1));
    weights.ifPresent(settings::weights);
    new Training(settings.build(), listener).run();
  }

  private static Plan twoPhases() {
    return Plan.twoPhase()
        .withEpochs(List.of(2, 2))
        .withRates(List.of(1e-2, 1e-3))
        .withBatch(3)
        .withVariants(1);
  }

  private Map<String, Layer> layers(String model) {
    Network network = KerasReader.read(folder.resolve(model));
    Map<String, Layer> layers = new HashMap<>();
    for (Node node : network.nodes()) {
      layers.put(node.name(), node.layer());
    }
    return layers;
  }

  @Test
  void theTrunkStaysInThePhaseThatFreezesItAndMovesInTheOther() {
    train(NARROW, twoPhases(), "out", TrainingListener.NONE);
    Map<String, Layer> one = layers("out/fold_1_phase1_best_model.keras");
    Map<String, Layer> other = layers("out/fold_2_phase1_best_model.keras");
    Map<String, Layer> tuned = layers("out/fold_1_phase2_best_model.keras");
    int convolutions = 0;
    for (Map.Entry<String, Layer> entry : one.entrySet()) {
      String name = entry.getKey();
      if (!name.startsWith(XceptionClassifier.TRUNK_PREFIX)) {
        continue;
      }
      Layer layer = entry.getValue();
      assertThat(other.get(name)).as(name).isEqualTo(layer);
      if (layer instanceof Layer.BatchNormalization norm) {
        Layer.BatchNormalization after = (Layer.BatchNormalization) tuned.get(name);
        assertThat(after.mean()).as(name).isEqualTo(norm.mean());
        assertThat(after.variance()).as(name).isEqualTo(norm.variance());
        assertThat(after.beta()).as(name).isNotEqualTo(norm.beta());
      } else if (!layer.weights().isEmpty()) {
        convolutions++;
        assertThat(tuned.get(name)).as(name).isNotEqualTo(layer);
      }
    }
    assertThat(convolutions).isEqualTo(2 + 34 + 4);
    assertThat(tuned.get("dense_1")).isNotEqualTo(one.get("dense_1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet_nested.keras", "keras2_mobilenetv3_nested.h5", "vit.h5"})
  void anyBackboneIsTrainedInBothPhases(String name) {
    Path file = GoldenModels.file(name);
    Architecture backbone =
        Architecture.onBackbone(
            new Backbone(file, BackboneClassifier.reference(0, TapsClassifier.Range.UNIT)));
    Map<String, Layer> start = new HashMap<>();
    backbone.build(new KerasInitializer(3)).nodes().forEach(n -> start.put(n.name(), n.layer()));
    train(backbone, twoPhases(), "out", TrainingListener.NONE);
    Map<String, Layer> frozen = layers("out/fold_1_phase1_best_model.keras");
    Map<String, Layer> tuned = layers("out/fold_1_phase2_best_model.keras");
    int moved = 0;
    for (Map.Entry<String, Layer> entry : frozen.entrySet()) {
      Layer layer = entry.getValue();
      if (entry.getKey().startsWith(BackboneClassifier.TRUNK_PREFIX)
          && layer instanceof Layer.Conv2D) {
        assertThat(start).as(entry.getKey()).containsValue(layer);
        moved += tuned.get(entry.getKey()).equals(layer) ? 0 : 1;
      }
    }
    assertThat(moved).isPositive();
    assertThat(tuned.get("dense_1")).isNotEqualTo(start.get("dense_1"));
  }

  @Test
  void theTrunkBeginsWithTheWeightsOfAFile() {
    Plan scratch =
        Plan.fromScratch().withEpochs(List.of(1)).withBatch(3).withAugmentation(Augmentations.NONE);
    train(NARROW, scratch, "scratch", TrainingListener.NONE);
    Path file = folder.resolve("scratch/fold_1_phase1_best_model.keras");
    train(NARROW, twoPhases(), Optional.of(file), "out", TrainingListener.NONE);
    Map<String, Layer> before = layers("scratch/fold_1_phase1_best_model.keras");
    Map<String, Layer> after = layers("out/fold_2_phase1_best_model.keras");
    before.forEach(
        (name, layer) -> {
          if (name.startsWith(XceptionClassifier.TRUNK_PREFIX)) {
            assertThat(after.get(name)).as(name).isEqualTo(layer);
          }
        });
    assertThat(after.get("dense_1")).isNotEqualTo(before.get("dense_1"));
  }

  @Test
  void statisticsOfTheTrunkMoveWhereThatIsAskedFor() {
    Plan plan = twoPhases();
    Phase second = plan.phases().get(1).withTrunk(Phase.Trunk.TRAINED_WITH_STATISTICS);
    train(
        NARROW,
        plan.withPhases(List.of(plan.phases().get(0), second)),
        "out",
        TrainingListener.NONE);
    String name = XceptionClassifier.TRUNK_PREFIX + "block1_conv1_bn";
    Layer.BatchNormalization before =
        (Layer.BatchNormalization) layers("out/fold_1_phase1_best_model.keras").get(name);
    Layer.BatchNormalization after =
        (Layer.BatchNormalization) layers("out/fold_1_phase2_best_model.keras").get(name);
    assertThat(after.mean()).isNotEqualTo(before.mean());
  }

  @Test
  void fixedFiltersStayAndTheRestIsTrainedOnPartsOfTheImages() {
    Plan plan =
        SMALL_HIGH_PASS
            .fresh()
            .withEpochs(List.of(2))
            .withBatch(3)
            .withCrop(16)
            .withAugmentation(Augmentations.ROBUST);
    train(SMALL_HIGH_PASS, plan, "out", TrainingListener.NONE);
    Map<String, Layer> layers = layers("out/fold_1_phase1_best_model.keras");
    Network fresh = SMALL_HIGH_PASS.build((layer, variable, shape) -> filled(shape));
    for (Node node : fresh.nodes()) {
      if (node.name().equals(HighPassXception.FIXED_LAYER)) {
        assertThat(layers.get(node.name())).isEqualTo(node.layer());
      }
    }
    assertThat(layers.get("input_layer").outputShape(List.of())).isEqualTo(Shape.of(32, 32, 3));
  }

  /** The folds share the trunk of the file, and normalise by their own training images. */
  @Test
  void aHeadOnTapsLeavesTheTrunkAsItIs() throws IOException {
    Network trunk = NARROW.build(new KerasInitializer(3));
    Path file = folder.resolve("trunk.keras");
    KerasWriter.write(trunk, file);
    List<String> layers =
        List.of("xception/block1_conv2_act", "xception/block2_pool", "global_avg_pooling");
    TapsClassifier classifier =
        new TapsClassifier(layers, true, 0, 0.2, 0, TapsClassifier.Range.SIGNED);
    Architecture taps = Architecture.onTaps(new Taps(file, classifier));
    Plan plan = Plan.head().withEpochs(List.of(6)).withBatch(4).withVariants(1);
    train(taps, plan, "out", TrainingListener.NONE);
    Map<String, Layer> one = layers("out/fold_1_phase1_best_model.keras");
    Map<String, Layer> other = layers("out/fold_2_phase1_best_model.keras");
    int convolutions = 0;
    for (Node node : trunk.nodes()) {
      String name = TapsClassifier.TRUNK_PREFIX + node.name().replace('/', '_');
      if (one.containsKey(name)) {
        assertThat(one.get(name)).as(name).isEqualTo(node.layer()).isEqualTo(other.get(name));
        convolutions += node.layer().weights().isEmpty() ? 0 : 1;
      }
    }
    assertThat(convolutions).isGreaterThan(30);
    assertThat(one.get(TapsClassifier.NORMALIZATION))
        .isNotEqualTo(other.get(TapsClassifier.NORMALIZATION));
    assertThat(one.get("output_layer")).isNotEqualTo(other.get("output_layer"));
    assertThat(answer("folds_as_one.keras"))
        .isEqualTo(
            (answer("fold_1_phase1_best_model.keras") + answer("fold_2_phase1_best_model.keras"))
                / 2,
            within(1e-6));
    train(taps, plan, "again", TrainingListener.NONE);
    assertThat(layers("again/fold_1_phase1_best_model.keras")).isEqualTo(one);
    theTrunkIsTrainedWhereThePlanSaysSo(taps);
  }

  private void theTrunkIsTrainedWhereThePlanSaysSo(Architecture taps) {
    Plan plan = Plan.fineTune().withEpochs(List.of(1, 1)).withBatch(4).withCrop(0);
    train(taps, plan, "tuned", TrainingListener.NONE);
    Map<String, Layer> before = layers("tuned/fold_1_phase1_best_model.keras");
    Map<String, Layer> after = layers("tuned/fold_1_phase2_best_model.keras");
    before.forEach(
        (name, layer) -> {
          if (layer instanceof Layer.BatchNormalization norm) {
            Layer.BatchNormalization tuned = (Layer.BatchNormalization) after.get(name);
            assertThat(tuned.mean()).as(name).isEqualTo(norm.mean());
            assertThat(tuned.variance()).as(name).isEqualTo(norm.variance());
          } else if (!layer.weights().isEmpty()) {
            assertThat(after.get(name)).as(name).isNotEqualTo(layer);
          }
        });
  }

  private double answer(String model) {
    try (Detector detector =
        Detector.builder()
            .model(folder.resolve("out").resolve(model))
            .backend(new TensorFlowBackend())
            .noBand()
            .open()) {
      return detector.classify(folder.resolve("data/real/0.png")).probability();
    }
  }

  private static Weights filled(Shape shape) {
    return Weights.of(shape, new float[shape.size()]);
  }

  @Test
  void goingOnEndsWithTheSameModelsAsAnUnbrokenTraining() {
    train(NARROW, twoPhases(), "whole", TrainingListener.NONE);
    for (int killed = 1; killed <= 3; killed++) {
      int at = killed == 2 ? 3 : 2;
      TrainingListener listener =
          new TrainingListener() {
            private int epochs;

            @Override
            public void epochBegins(Position position, int steps) {
              epochs++;
            }

            @Override
            public void progress(double loss, double accuracy) {
              if (epochs == at) {
                throw new IllegalStateException("killed");
              }
            }
          };
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> train(NARROW, twoPhases(), "broken", listener))
          .withMessage("killed");
    }
    train(NARROW, twoPhases(), "broken", TrainingListener.NONE);
    for (String name :
        new String[] {
          "fold_1_phase1_best_model.keras",
          "fold_1_phase2_best_model.keras",
          "fold_2_phase1_best_model.keras",
          "fold_2_phase2_best_model.keras"
        }) {
      assertThat(layers("broken/" + name)).as(name).isEqualTo(layers("whole/" + name));
    }
  }
}
