package io.unmask.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.error.ModelFormatException;
import io.unmask.json.Json;
import io.unmask.keras.KerasReader;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Expectation;
import io.unmask.spi.FusionRule;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  private static final OptionalInt NOBODY = OptionalInt.empty();

  @TempDir Path folder;

  @Test
  void withoutAManifestTheReferencesConventionsHold() {
    Model model = model(network(3, 1, Activations.SIGMOID), ModelSettings.NONE, NOBODY);
    assertThat(model.name()).isEqualTo("model.keras");
    assertThat(model.input()).isEqualTo(InputFormat.unitRange(5, 4));
    assertThat(model.views()).isEqualTo(Views.WHOLE_IMAGE);
    assertThat(model.calibration()).isEqualTo(Calibration.NONE);
    assertThat(model.threshold()).isEqualTo(0.5);
    assertThat(model.members()).hasSize(1);
    assertThat(model.members().get(0).fakeClass()).isEqualTo(1);
  }

  @Test
  void theManifestIsFollowedAndItsCalibrationHoldsForItsClass() {
    Expectation expectation =
        new Expectation(
            Optional.empty(), OptionalInt.of(64), OptionalInt.empty(), Optional.empty());
    Views views = new Views(true, 0.25, 40, List.of(new Views.View.Windows(4)));
    ModelSettings settings =
        ModelSettings.builder()
            .fakeClass(0)
            .calibration(new Calibration(0.5, 1))
            .threshold(0.4)
            .band(Optional.of(new Uncertainty.Band(0.3, 0.5)))
            .inputSize(5, 4)
            .conventions(
                Conventions.NONE
                    .withScaling(PixelScaling.of(127.5f, -1f))
                    .withChannelOrder(ChannelOrder.BGR))
            .views(views)
            .mirrored(true)
            .expectation(expectation)
            .build();
    Network network = network(3, 1, Activations.SIGMOID);
    Model model = model(network, settings, NOBODY);
    assertThat(model.input()).isEqualTo(new InputFormat(5, 4, 127.5f, -1f, ChannelOrder.BGR));
    assertThat(model.mirrored()).isTrue();
    assertThat(model.views()).isEqualTo(views);
    assertThat(model.calibration()).isEqualTo(new Calibration(0.5, 1));
    assertThat(model.threshold()).isEqualTo(0.4);
    assertThat(model.expectation()).isEqualTo(expectation);
    assertThat(model.uncertainty().band()).contains(new Uncertainty.Band(0.3, 0.5));
    assertThat(model.members().get(0).probabilityOfFake(new float[] {0.25f})).isEqualTo(0.75);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(network, settings, OptionalInt.of(1)))
        .withMessageContaining("the calibration beside the model was made for class 0");
  }

  @Test
  void theUserGoesBeforeAManifestWithoutACalibration() {
    ModelSettings settings = ModelSettings.builder().fakeClass(0).build();
    Network network = network(3, 1, Activations.SIGMOID);
    float[] output = {0.25f};
    assertThat(model(network, settings, NOBODY).members().get(0).probabilityOfFake(output))
        .isEqualTo(0.75);
    Model told = model(network, settings, OptionalInt.of(1));
    assertThat(told.members().get(0).probabilityOfFake(output)).isEqualTo(0.25);
  }

  @Test
  void ofTwoOutputsTheOneOfTheFakeClassCounts() {
    Network network = network(3, 2, new Activation.Softmax());
    Model model = model(network, ModelSettings.NONE, NOBODY);
    assertThat(model.members().get(0).probabilityOfFake(new float[] {0.2f, 0.8f})).isEqualTo(0.8f);
    Model reversed = model(network, ModelSettings.NONE, OptionalInt.of(0));
    assertThat(reversed.members().get(0).probabilityOfFake(new float[] {0.2f, 0.8f}))
        .isEqualTo(0.2f);
  }

  @Test
  void ofMoreClassesSomebodyMustSayWhichIsFake() {
    Network network = network(3, 4, new Activation.Softmax());
    refused(network, "tells 4 classes apart; say which means fake");
    assertThat(model(network, ModelSettings.NONE, OptionalInt.of(3)).members().get(0).fakeClass())
        .isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(network, ModelSettings.NONE, OptionalInt.of(4)))
        .withMessageContaining("there is no class 4");
  }

  /** What a file says is no mistake of the caller's. */
  @Test
  void aFakeClassOfTheManifestThatIsNotThereIsAFaultOfTheManifest() {
    ModelSettings settings = settings("{\"version\":1,\"fakeClass\":7}");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> model(network(3, 1, Activations.SIGMOID), settings, NOBODY))
        .withMessageStartingWith(Path.of("some/unmask.json") + ": fakeClass is 7")
        .withMessageContaining("some/model.keras: tells 2 classes apart")
        .withMessageContaining("correct it");
    assertThat(
            model(network(3, 1, Activations.SIGMOID), settings, OptionalInt.of(0))
                .members()
                .get(0)
                .fakeClass())
        .isZero();
  }

  private static ModelSettings settings(String manifest) {
    return SettingsJson.parse(Json.parse(manifest.getBytes(StandardCharsets.UTF_8)), "version");
  }

  @Test
  void whatIsNoClassifierOfImagesIsRefused() {
    refused(network(2, 1, Activations.SIGMOID), "reads arrays of shape (5, 4, 2)");
    refused(network(3, 1, Activations.LINEAR), "layer 'dense' has no activation");
    refused(network(3, 1, Activations.RELU), "layer 'dense' ends in Relu");
    refused(network(3, 1, new Activation.Tanh()), "layer 'dense' ends in Tanh[], which is no");
    assertThat(model(network(3, 1, new Activation.HardSigmoid(0.2)), ModelSettings.NONE, NOBODY))
        .isNotNull();
    Network.Builder builder = Network.builder("vector");
    int input = builder.add("input", new Layer.Input(Shape.of(7)));
    refused(builder.build(input), "reads arrays of shape (7,)");
  }

  @Test
  void modelFilesInAFolderAreFoundInAnyCaseAndSorted() throws IOException {
    for (String name : new String[] {"b.keras", "A.H5", "c.hdf5", "x.txt", ".hidden.keras"}) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(ModelFile.in(folder))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("A.H5", "b.keras", "c.hdf5");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> ModelFile.in(folder.resolve("missing")));
  }

  @Test
  void weightsBesideModelsAreLeftOutAndAloneTheyAreRefusedByName() throws IOException {
    Path weights = GoldenModels.file("start/whole.weights.h5");
    Path legacy = GoldenModels.file("start/whole_legacy_weights.h5");
    Files.copy(weights, folder.resolve("a.h5"));
    Files.copy(legacy, folder.resolve("b.hdf5"));
    assertThat(ModelFile.in(folder)).hasSize(2);
    assertThat(ModelFile.leftOut(folder)).isEmpty();
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> ModelFile.read(folder.resolve("a.h5"), NOBODY))
        .withMessageContaining("weights only");
    Path model = Files.copy(GoldenModels.file("start/whole.h5"), folder.resolve("c.h5"));
    Path damaged = Files.write(folder.resolve("d.h5"), new byte[] {1, 2, 3});
    assertThat(ModelFile.in(folder)).containsExactly(model, damaged);
    assertThat(ModelFile.leftOut(folder))
        .containsExactly(folder.resolve("a.h5"), folder.resolve("b.hdf5"));
  }

  @Test
  void foldersThatAreOneModelAreExplained() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    Files.createFile(saved.resolve("saved_model.pb"));
    Files.createDirectory(saved.resolve("variables"));
    explained(saved, "a SavedModel of TensorFlow", "model.save(\"name.keras\")");
    Path unpacked = Files.createDirectory(folder.resolve("unpacked.keras"));
    for (String part : new String[] {"config.json", "metadata.json", "model.weights.h5"}) {
      Files.createFile(unpacked.resolve(part));
    }
    explained(unpacked, "an unpacked .keras file", "zip -0 -r ../model.keras .");
    assertThat(ModelFile.in(folder)).containsExactly(unpacked); // to be refused with these words
    Path model = Files.createFile(saved.resolve("model.keras"));
    assertThat(ModelFile.in(saved)).containsExactly(model);
  }

  private static void explained(Path model, String... parts) {
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> ModelFile.in(model),
            () -> ModelFile.read(model, NOBODY),
            () -> KerasReader.read(model))) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(use)
          .satisfies(e -> assertThat(e.getMessage()).startsWith(model + ": ").contains(parts));
    }
  }

  @Test
  void outputsThatJudgeViewsAreMembers() {
    Views views = views("a", "b", "a");
    Model model = model(twoOutputs(1), ModelSettings.builder().views(views).build(), NOBODY);
    assertThat(model.members())
        .containsExactly(
            new Member("model.keras:b", 1, 3, List.of(1)),
            new Member("model.keras:a", 1, 3, List.of(0, 2)));
    assertThat(model.fusion()).isEqualTo(FusionRule.MEAN_LOGIT);
  }

  @Test
  void outputsAndViewsFitEachOther() {
    refused(twoOutputs(1), "has 2 outputs (a, b), expected one, or views in unmask.json that say");
    for (Views views : List.of(views("a", "a", "a"), views("a", "b", "c"))) {
      ModelSettings settings = ModelSettings.builder().views(views).build();
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> model(twoOutputs(1), settings, NOBODY))
          .withMessageContaining(
              "has the outputs a, b, but the views in unmask.json are judged by");
    }
    ModelSettings settings = ModelSettings.builder().views(views("a", "b", "b")).build();
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> model(twoOutputs(2), settings, NOBODY))
        .withMessageContaining("expected the same classes in all");
  }

  private static Views views(String... outputs) {
    Views.View resize = new Views.View.Resize(Views.View.Resampling.BILINEAR);
    return new Views(false, 0, 0, Collections.nCopies(outputs.length, resize), List.of(outputs));
  }

  /** Outputs b, of one element, and a. */
  private static Network twoOutputs(int ofA) {
    Network.Builder builder = Network.builder("test");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 4, 3)));
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), input);
    List<Integer> outputs = new ArrayList<>();
    for (String name : List.of("b", "a")) {
      int units = name.equals("a") ? ofA : 1;
      Weights kernel = Weights.of(Shape.of(3, units), new float[3 * units]);
      outputs.add(builder.add(name, new Layer.Dense(kernel, null, Activations.SIGMOID), pool));
    }
    return builder.build(outputs);
  }

  private static void refused(Network network, String part) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> model(network, ModelSettings.NONE, NOBODY))
        .withMessageStartingWith("some/model.keras: ")
        .withMessageContaining(part);
  }

  private static Model model(Network network, ModelSettings settings, OptionalInt fakeClass) {
    return ModelFile.model(
        ModelLocation.of(Path.of("some/model.keras")),
        network,
        settings,
        new Asked(fakeClass, Conventions.NONE));
  }

  private static Network network(int channels, int outputs, Activation activation) {
    Network.Builder builder = Network.builder("test");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 4, channels)));
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), input);
    Weights kernel = Weights.of(Shape.of(channels, outputs), new float[channels * outputs]);
    return builder.build(builder.add("dense", new Layer.Dense(kernel, null, activation), pool));
  }
}
