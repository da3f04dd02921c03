package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.evaluation.DecisionRule;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.OperatingPoint;
import io.unmask.evaluation.SourcedPredictions;
import io.unmask.keras.KerasReader;
import io.unmask.keras.Precision;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.augmentation.Degradation;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceFolders;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.RemadePhotos;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Plan;
import io.unmask.training.report.History;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  private static final Architecture TINY =
      Architecture.builder("tiny", initializer -> tiny(), Plan.fromScratch())
          .trunk(new Architecture.Trunk("trunk/", "trunk/pool"))
          .build();

  private static final int IMAGES = 12;

  @TempDir Path folder;
  private final PlainBackend backend = new PlainBackend();

  private static Network tiny() {
    Network.Builder builder = Network.builder("tiny");
    int x = builder.add("input", new Layer.Input(Shape.of(8, 8, 3)));
    x = builder.add("trunk/pool", new Layer.GlobalAveragePooling2D(false), x);
    Layer dense =
        new Layer.Dense(
            Weights.of(Shape.of(3, 1), 0.1f, 0.2f, -0.3f), Weights.vector(0), Activations.SIGMOID);
    return builder.build(builder.add("dense", dense, x));
  }

  /** Reddish images are real, bluish ones fake. */
  @BeforeEach
  void drawFaces() throws IOException {
    Random random = new Random(3);
    for (String label : new String[] {"real", "fake"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      for (int i = 0; i < IMAGES; i++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 64; pixel++) {
          int more = 100 + random.nextInt(156);
          int less = random.nextInt(156);
          int rgb = label.equals("real") ? more << 16 | less : less << 16 | more;
          image.setRGB(pixel % 8, pixel / 8, rgb);
        }
        ImageIO.write(image, "png", folder.resolve("data/" + label + "/" + i + ".png").toFile());
      }
    }
  }

  private TrainingSettings settings(Plan plan, String out) {
    return settings(plan, out, CrossValidation.shuffled(3, 42));
  }

  private TrainingSettings settings(Plan plan, String out, CrossValidation folds) {
    return TrainingSettings.builder(
            FaceFolders.in(folder.resolve("data")).list(), folder.resolve(out), TINY, backend)
        .plan(plan)
        .folds(folds)
        .options(new ProgramOptions(Device.CPU, 2))
        .build();
  }

  private static Plan twoPhases() {
    return Plan.twoPhase()
        .withEpochs(List.of(4, 3))
        .withRates(List.of(0.5, 0.1))
        .withBatch(5)
        .withVariants(2);
  }

  /** Fails in the given epoch, counted over everything, behind its first step. */
  private static TrainingListener failingIn(int epoch) {
    return new TrainingListener() {
      private int epochs;
      private int steps;

      @Override
      public void epochBegins(Position position, int count) {
        epochs++;
        steps = 0;
      }

      @Override
      public void step() {
        if (epochs == epoch && ++steps == 2) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  private static final class Recorder implements TrainingListener {
    final List<Position> positions = new ArrayList<>();
    final List<History.Epoch> epochs = new ArrayList<>();

    @Override
    public void epochEnds(Position position, History.Epoch epoch, boolean best) {
      positions.add(position);
      epochs.add(epoch);
    }
  }

  @Test
  void bothPhasesLearnAndTheReportIsOnUnseenImages() {
    Recorder recorder = new Recorder();
    Training.Result result = new Training(settings(twoPhases(), "out"), recorder).run();
    assertThat(result.folds().pooled().get(Metric.AUC).orElseThrow()).isGreaterThan(0.95);
    assertThat(result.folds().parts()).hasSize(3);
    assertThat(result.folds().parts().stream().mapToInt(part -> part.images().size()).sum())
        .isEqualTo(2 * IMAGES);
    assertThat(recorder.positions).hasSize(3 * 7);
    assertThat(recorder.epochs.subList(0, 7))
        .extracting(History.Epoch::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(recorder.epochs.subList(0, 7))
        .extracting(History.Epoch::phase)
        .containsExactly(1, 1, 1, 1, 2, 2, 2);
    assertThat(recorder.epochs.get(6).loss()).isLessThan(recorder.epochs.get(0).loss());
    for (String name :
        new String[] {
          "fold_1_phase1_best_model.keras",
          "fold_3_phase2_best_model.keras",
          "unmask.json",
          "report.html",
          "metrics.json",
          "predictions.csv",
          "history.csv"
        }) {
      assertThat(folder.resolve("out").resolve(name)).isNotEmptyFile();
    }
  }

  @Test
  void aFrozenTrunkRunsOnceForEachImageAndVariant() {
    Plan plan = twoPhases().withPhases(twoPhases().phases().subList(0, 1));
    new Training(settings(plan, "out"), TrainingListener.NONE).run();
    int trunk = 2 * IMAGES * (1 + plan.variants());
    int scoring = 2 * IMAGES;
    assertThat(backend.images).isEqualTo(trunk + scoring);
  }

  @Test
  void goingOnEndsWithTheSameModelsAsAnUnbrokenTraining() {
    new Training(settings(twoPhases(), "whole"), TrainingListener.NONE).run();
    for (int epoch : new int[] {1, 3, 5, 6}) {
      Training broken = new Training(settings(twoPhases(), "broken"), failingIn(epoch));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(broken::run)
          .withMessage("killed");
    }
    Recorder recorder = new Recorder();
    new Training(settings(twoPhases(), "broken"), recorder).run();
    assertThat(recorder.epochs).hasSize(21 - 11);
    for (int fold = 1; fold <= 3; fold++) {
      for (int phase = 1; phase <= 2; phase++) {
        String name = "fold_" + fold + "_phase" + phase + "_best_model.keras";
        assertThat(layers(folder.resolve("broken").resolve(name)))
            .as(name)
            .isEqualTo(layers(folder.resolve("whole").resolve(name)));
      }
    }
    assertThat(folder.resolve("broken/history.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/history.csv"));
    assertThat(folder.resolve("broken/predictions.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/predictions.csv"));
  }

  private static List<Layer> layers(Path model) {
    return KerasReader.read(model).nodes().stream().map(node -> node.layer()).toList();
  }

  /** Losses that are no numbers are kept as text, and read as such. */
  @Test
  void aTrainingGoesOnBehindAnEpochWhoseValidationLossIsNoNumber() throws IOException {
    backend.brokenValidations = 2; // the batches of the first epoch
    Training broken = new Training(settings(twoPhases(), "out"), failingIn(3));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(broken::run);
    Recorder recorder = new Recorder();
    Training.Result result = new Training(settings(twoPhases(), "out"), recorder).run();
    assertThat(recorder.epochs).hasSize(21 - 2);
    assertThat(result.folds().parts().get(0).history().orElseThrow().epochs().get(0))
        .extracting(History.Epoch::validationLoss)
        .isEqualTo(Double.NaN);
    assertThat(Files.readAllLines(folder.resolve("out/history.csv")).get(1)).contains(",NaN,");
    assertThat(folder.resolve("out/loss.png")).isNotEmptyFile();
  }

  @Test
  void aPhaseWithoutAnyFiniteValidationLossIsSaidToBe() {
    backend.brokenValidations = Integer.MAX_VALUE;
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run())
          .withMessageContainingAll("validation loss of fold 1", "phase 1", "learning rate");
    }
  }

  @Test
  void aTrainingThatIsDoneIsNotDoneAgain() {
    new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run();
    int sessions = backend.sessions;
    Recorder recorder = new Recorder();
    new Training(settings(twoPhases(), "out"), recorder).run();
    assertThat(recorder.epochs).isEmpty();
    assertThat(backend.sessions).isEqualTo(sessions);
  }

  @Test
  void theSeedDecidesEverything() {
    new Training(settings(twoPhases(), "one"), TrainingListener.NONE).run();
    new Training(settings(twoPhases(), "two"), TrainingListener.NONE).run();
    assertThat(folder.resolve("one/predictions.csv"))
        .hasSameTextualContentAs(folder.resolve("two/predictions.csv"));
  }

  @Test
  void anImageThatChangedIsNamed() throws IOException {
    interrupted();
    Path image = folder.resolve("data/fake/3.png");
    Files.copy(
        folder.resolve("data/fake/4.png"),
        image,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused("fake/3.png has changed", "--out");
  }

  @Test
  void anImageThatIsGoneIsNamed() throws IOException {
    interrupted();
    Files.delete(folder.resolve("data/real/11.png"));
    refused("real/11.png is gone", "--out");
  }

  @Test
  void anImageThatIsNewIsNamed() throws IOException {
    interrupted();
    Files.copy(folder.resolve("data/real/1.png"), folder.resolve("data/real/new.png"));
    refused("real/new.png was not there", "--out");
  }

  @Test
  void anotherSettingIsNamed() {
    interrupted();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                new Training(settings(twoPhases().withBatch(6), "out"), TrainingListener.NONE)
                    .run())
        .withMessageContaining("Batch was '5' and is '6'");
  }

  private void interrupted() {
    Training training = new Training(settings(twoPhases(), "out"), failingIn(2));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(training::run);
  }

  private void refused(String... parts) {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run())
        .withMessageContainingAll(parts);
  }

  @Test
  void modelsOfAnotherOriginAreNotReplaced() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Path model = Files.writeString(folder.resolve("out/fold_1_phase1_best_model.keras"), "mine");
    refused("fold_1_phase1_best_model.keras", "--out");
    assertThat(model).hasContent("mine");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("out"), "a file");
    refused(folder.resolve("out").toString(), "--out");
  }

  @Test
  void aFolderIsOneTrainingsOwn() {
    try (RunFolder taken = RunFolder.open(folder.resolve("out"))) {
      assertThat(taken.folder()).isDirectory();
      refused("another training");
    }
    new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run();
  }

  @Test
  void aModelThatCannotBeWrittenLosesNothing() throws IOException {
    interrupted();
    // A folder that is not empty cannot be replaced by a file.
    Path model = folder.resolve("out/fold_2_phase1_best_model.keras");
    Files.createDirectories(model.resolve("in the way"));
    assertThatExceptionOfType(io.unmask.error.ModelFormatException.class)
        .isThrownBy(() -> new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run())
        .withMessageContaining("fold_2_phase1_best_model.keras");
    Files.delete(model.resolve("in the way"));
    Files.delete(model);
    Recorder recorder = new Recorder();
    new Training(settings(twoPhases(), "out"), recorder).run();
    assertThat(recorder.positions.get(0).fold()).isEqualTo(2);
  }

  @Test
  void halvesOfFilesThatAKillLeftAreDeleted() throws IOException {
    interrupted();
    Path half = Files.writeString(folder.resolve("out/.fold_1_phase1_best_model.keras.x.tmp"), "h");
    Path state = Files.writeString(folder.resolve("out/.training/.fold_1_phase1.state.tmp"), "h");
    Path other = Files.writeString(folder.resolve("out/.mine.tmp"), "mine");
    new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run();
    assertThat(half).doesNotExist();
    assertThat(state).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aDamagedStateIsNamed() throws IOException {
    interrupted();
    Path state = folder.resolve("out/.training/fold_1_phase1.state");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    refused(state.toString(), "delete it");
    Files.write(state, new byte[] {1, 2, 3});
    refused(state.toString(), "delete it");
  }

  @Test
  void aTestFolderIsScoredByAllModelsTogetherAndTheManifestCalibrates() throws IOException {
    TrainingSettings plain = settings(twoPhases(), "out");
    TrainingSettings withTest =
        plain.toBuilder()
            .test(plain.faces())
            .precision(Precision.HALF)
            .decision(new DecisionGoal(0.01))
            .mirrored(true)
            .robustness(true)
            .build();
    Training.Result result = new Training(withTest, TrainingListener.NONE).run();
    assertThat(result.test().orElseThrow().pooled().get(Metric.AUC).orElseThrow())
        .isGreaterThan(0.95);
    assertThat(folder.resolve("out/test/report.html")).isNotEmptyFile();
    assertThat(result.robustness()).hasSize(Degradation.STANDARD.size());
    assertThat(result.robustness().get("none").get(Metric.AUC))
        .isEqualTo(result.folds().pooled().get(Metric.AUC));
    assertThat(folder.resolve("out/robustness.csv"))
        .content()
        .startsWith("degradation,auc,accuracy\r\nnone,")
        .hasLineCount(1 + Degradation.STANDARD.size());
    Manifest manifest = ManifestFile.read(ModelFolder.of(folder.resolve("out"))).orElseThrow();
    assertThat(manifest.members()).hasSize(3);
    assertThat(manifest.common().calibration().orElseThrow().scale())
        .isGreaterThan(1); // the models hardly dare to say
    SourcedPredictions scores = result.folds().sourced();
    DecisionRule rule =
        OutOfFoldFit.of(result.folds(), false, new DecisionGoal(0.01)).orElseThrow().rule();
    assertThat(manifest.common().threshold()).hasValue(rule.threshold());
    assertThat(rule.threshold())
        .isEqualTo(
            manifest
                .common()
                .calibration()
                .orElseThrow()
                .apply(OperatingPoint.at(0.01, scores.pooled()).threshold()),
            within(0.05));
    assertThat(manifest.common().mirrored()).contains(true);
    byte[] written = Files.readAllBytes(folder.resolve("out/unmask.json"));
    new Training(withTest, TrainingListener.NONE).run();
    assertThat(folder.resolve("out/unmask.json")).hasBinaryContent(written);
  }

  /** Of each class three folders, with 6, 4 and 2 images. */
  @Test
  void sourcesAreLeftOutWholeAndReported() throws IOException {
    sortIntoSources();
    TrainingSettings settings = settings(twoPhases(), "out", CrossValidation.bySource(3, 42));
    Training.Result result = new Training(settings, TrainingListener.NONE).run();
    assertThat(result.folds().parts())
        .allSatisfy(
            part ->
                assertThat(part.images())
                    .extracting(image -> image.fake() + image.source())
                    .containsAnyOf("truea", "trueb", "truec")
                    .containsAnyOf("falsea", "falseb", "falsec"));
    assertThat(result.folds().sources().generators())
        .extracting(each -> each.name() + " " + each.images())
        .containsExactlyInAnyOrder("a 6", "b 4", "c 2");
    assertThat(result.folds().sources().meanOwn().auc()).isGreaterThan(0.95);
    assertThat(folder.resolve("out/unmask.json")).content().contains("sources weigh the same");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new Training(settings(twoPhases(), "out"), TrainingListener.NONE).run())
        .withMessageContaining("Folds was '3, by source");
  }

  private void sortIntoSources() throws IOException {
    for (String label : new String[] {"real", "fake"}) {
      for (int i = 0; i < IMAGES; i++) {
        Path source =
            Files.createDirectories(
                folder.resolve("data/" + label + "/" + (i < 6 ? "a" : i < 10 ? "b" : "c")));
        Files.move(folder.resolve("data/" + label + "/" + i + ".png"), source.resolve(i + ".png"));
      }
    }
  }

  private Plan fineTune() {
    return Plan.fineTune()
        .withEpochs(List.of(2, 2))
        .withRates(List.of(0.5, 0.1))
        .withBatch(6)
        .withCrop(4)
        .withRemade(1);
  }

  private TrainingSettings withRemade(TrainingSettings settings) throws IOException {
    for (Path photograph : settings.faces().images().stream().map(FaceImage::file).toList()) {
      Path remade =
          folder.resolve("remade").resolve(folder.resolve("data/real").relativize(photograph));
      if (!photograph.startsWith(folder.resolve("data/fake"))) {
        Files.createDirectories(Objects.requireNonNull(remade.getParent()));
        Files.copy(photograph, remade, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return settings.toBuilder()
        .faces(
            RemadePhotos.add(
                settings.faces(), folder.resolve("data/real"), folder.resolve("remade")))
        .refit(true)
        .build();
  }

  @Test
  void aLastModelIsTrainedWithAllImagesAndWhatWasMadeOfThem() throws IOException {
    sortIntoSources();
    TrainingSettings settings =
        withRemade(settings(fineTune(), "out", CrossValidation.bySource(3, 42)));
    Training.Result result = new Training(settings, TrainingListener.NONE).run();
    assertThat(result.folds().parts()).hasSize(3);
    assertThat(result.folds().parts().stream().mapToInt(part -> part.images().size()).sum())
        .isEqualTo(2 * IMAGES);
    assertThat(KerasReader.read(folder.resolve("out/all_images_phase2_model.keras")).inputShape())
        .isEqualTo(Shape.of(8, 8, 3));
    backend.sessions = 0;
    new Training(settings, TrainingListener.NONE).run();
    assertThat(backend.sessions).as("sessions of a training that is done").isZero();
    Path remade = folder.resolve("remade/a/0.png");
    Files.write(remade, Files.readAllBytes(folder.resolve("data/fake/a/0.png")));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new Training(settings, TrainingListener.NONE).run())
        .withMessageContaining(remade + " has changed");
  }

  @Test
  void aModelOfAllImagesNeedsAPlanThatKeepsItsLastEpoch() throws IOException {
    sortIntoSources();
    TrainingSettings settings = settings(twoPhases(), "out", CrossValidation.bySource(3, 42));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withRemade(settings))
        .withMessageContaining("keeps its last");
  }

  @Test
  void cropsAreForNetworksThatAreTrainedWhole() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Plan.head().withCrop(4), "out"))
        .withMessageContaining("crop");
    Plan plan =
        Plan.fromScratch()
            .withEpochs(List.of(3))
            .withCrop(4)
            .withBatch(5)
            .withAugmentation(Augmentations.FLIP);
    Training.Result result = new Training(settings(plan, "out"), TrainingListener.NONE).run();
    assertThat(result.folds().parts()).hasSize(3);
    assertThat(KerasReader.read(folder.resolve("out/fold_1_phase1_best_model.keras")).inputShape())
        .isEqualTo(Shape.of(8, 8, 3));
  }
}
