package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  @Test
  void inspectSaysHowManyLayersOfAKindThereAre() {
    Cli cli = Cli.run("inspect", Cli.MODEL);
    assertThat(cli.status()).isZero();
    assertThat(cli.out())
        .containsPattern("\nType of layer +Layers +Parameters\n")
        .containsPattern("\nConv2D +\\d+ +\\d+\n")
        .doesNotContain("conv2d", "Output shape")
        .contains("10 layers, 288 parameters");
    int layers =
        cli.lines().stream()
            .filter(line -> line.matches("[A-Z]\\w+ +\\d+ +\\d+"))
            .mapToInt(line -> Integer.parseInt(line.split(" +", -1)[1]))
            .sum();
    assertThat(layers).isEqualTo(10);
  }

  @Test
  void inspectListsLayersShapesAndParameters() {
    Cli cli = Cli.run("inspect", "--layers", Cli.MODEL);
    assertThat(cli.status()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("saved by Keras 3.")
        .containsPattern("conv2d\\S* \\(Conv2D\\) +\\(24, 20, \\d+\\) +\\d+")
        .contains("10 layers, 288 parameters")
        .contains("26 x 22 pixels (height x width), RGB, v / 255")
        .contains("class 1 is fake: the probability of fake is p");
  }

  @Test
  void inspectSaysWhatTheModelsOfAFolderShareAndWhatTheManifestSays(@TempDir Path folder)
      throws IOException {
    Files.copy(Path.of(Cli.MODEL), folder.resolve("one.keras"));
    Files.copy(Path.of(Cli.MODEL), folder.resolve("two.keras"));
    Files.writeString(
        folder.resolve("unmask.json"),
        """
        {"version": 1, "fusion": "median", "threshold": 0.4, "band": [0.3, 0.5], "maxSpread": 0.2,
         "mirrored": true,
         "calibration": {"scale": 0.5, "offset": -1},
         "models": {"two.keras": {"description": "of two alone"}},
         "description": "of the test", "figures": {"auc": 0.86, "by": "five\\nfolds"}}
        """);
    Cli cli = Cli.run("inspect", folder.toString());
    assertThat(cli.status()).isZero();
    assertThat(cli.out())
        .contains("description  of the test", "figures.auc  0.86")
        .contains("2 models together")
        .contains("288 parameters instead of 576: 288 (50.0 %) are shared")
        .contains("Looks at  each image as it is and mirrored, and takes the mean")
        .contains("Fuses  by median, calibrates to sigmoid(0.5 logit p - 1.0), above 0.4 is FAKE")
        .containsOnlyOnce("description  of the test")
        .containsOnlyOnce("description  of two alone")
        .contains("Leaves undecided  probabilities from 0.3 to 0.5")
        .contains("Leaves undecided  a spread above 0.2");
    assertThat(Cli.run("inspect", folder.resolve("two.keras").toString()).out())
        .contains(
            "the probability of fake is p, calibrated to sigmoid(0.5 logit p - 1.0), and above")
        .contains("description  of two alone", "figures.auc  0.86")
        .doesNotContain("of the test");
  }

  @Test
  void inspectEndsWithTheConventionsInForceAndWritesThemDown(@TempDir Path folder)
      throws IOException {
    Path model = Files.copy(Path.of(Cli.MODEL), folder.resolve("one.keras"));
    Cli cli =
        Cli.run(
            "inspect",
            "--scaling",
            "caffe",
            "--resize",
            "nearest",
            "--classes",
            "fake,real",
            "--crop-to-aspect",
            "--write-manifest",
            model.toString());
    assertThat(cli.status()).isZero();
    String conventions =
        """
          size: 26 x 22 pixels (height x width) (found: the network reads no other)
          scaling: caffe, v - (103.939, 116.779, 123.68) (said: by you)
          channels: BGR (said: belongs to scaling caffe)
          resize: nearest (said: by you)
          aspect: cropped to the network's (said: by you)
          classes: 0 fake, 1 real; class 0 is fake (said: by you)
        """;
    assertThat(cli.out())
        .contains("Conventions in force:\n" + conventions)
        .endsWith("Wrote  " + folder.resolve("unmask.json") + "\n");
    assertThat(Cli.run("inspect", model.toString()).out())
        .contains(
            conventions
                .replace("belongs to scaling caffe", "by unmask.json")
                .replace("by you", "by unmask.json"));
    Cli again = Cli.run("inspect", "--write-manifest", model.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("unmask.json: is there already");
    assertThat(Cli.run("inspect", "--scaling", "cafe", model.toString()).err())
        .contains("--scaling is one of none, unit, signed, caffe or torch, not cafe");
  }

  @Test
  void inspectWithoutAModelDescribesTheBundledDefault() {
    Cli cli = Cli.run("inspect");
    assertThat(cli.status()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("resource io/unmask/ensemble/default/sequential_cnn.keras: ")
        .contains("default: 2 models together")
        .contains("Fuses  by mean, calibrates to sigmoid(2.0 logit p), above 0.75 is FAKE")
        .contains("Is for  crops of a face, at least 32 pixels a side, 0.8 to 1.25 times as wide")
        .containsOnlyOnce("description  For the tests");
  }

  @Test
  void inspectGoesOnAfterAModelThatIsBroken() {
    Cli cli = Cli.run("inspect", GoldenModels.file("broken/truncated.h5").toString(), Cli.MODEL);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1);
    assertThat(cli.out()).contains("288 parameters");
  }

  @Test
  void inspectGoesOnAfterAManifestThatMakesNoSenseAndAfterABrokenModelOfAFolder(
      @TempDir Path folder) throws IOException {
    Path bad = Files.createDirectory(folder.resolve("bad"));
    Files.copy(Path.of(Cli.MODEL), bad.resolve("one.keras"));
    Files.writeString(bad.resolve("unmask.json"), "{\"version\":1,\"fakeClass\":7}");
    Cli cli = Cli.run("inspect", bad.resolve("one.keras").toString(), Cli.MODEL);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err())
        .hasLineCount(1)
        .contains(bad.resolve("unmask.json") + ": fakeClass is 7", "there is no class 7");
    assertThat(cli.out()).contains("288 parameters");
    Cli.run("inspect", bad.toString()).saysOnly("fakeClass is 7");

    Path some = Files.createDirectory(folder.resolve("some"));
    Files.copy(GoldenModels.file("broken/truncated.h5"), some.resolve("a.h5"));
    Files.copy(Path.of(Cli.MODEL), some.resolve("b.keras"));
    cli = Cli.run("inspect", some.toString());
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1).contains(some.resolve("a.h5").toString());
    assertThat(cli.out()).contains("288 parameters").doesNotContain("together");
  }

  @Test
  void weightsBesideAModelAreLeftOutWithAWord(@TempDir Path folder) throws IOException {
    Files.copy(Path.of(Cli.MODEL), folder.resolve("model.keras"));
    Path weights =
        Files.copy(GoldenModels.file("start/whole.weights.h5"), folder.resolve("model.weights.h5"));
    Path image = Cli.image(folder.resolve("face.png"), "png");
    String models = folder.toString();
    for (Cli cli :
        List.of(
            Cli.run("inspect", models),
            Cli.run("classify", "--model", models, "--backend", "interpreter", image.toString()))) {
      assertThat(cli.status()).isZero();
      assertThat(cli.out()).isNotEmpty();
      assertThat(cli.err()).hasLineCount(1).contains(weights + ": left out, as it holds weights");
    }
  }

  @Test
  void backendsListsEveryProviderAndThePreferredFirst() {
    Cli cli = Cli.run("backends");
    assertThat(cli.status()).isZero();
    assertThat(cli.lines()).hasSize(2);
    assertThat(cli.lines().get(0)).startsWith("cpu ").contains("priority 100");
    assertThat(cli.lines().get(1)).startsWith("interpreter ").contains("available");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "classify --help",
        "evaluate -h",
        "inspect -h",
        "backends -h",
        "--version",
        "classify -V"
      })
  void helpGoesToStandardOutputAndIsASuccess(String line) {
    Cli cli = Cli.run(line.split(" "));
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).contains("unmask");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void theNamesOfTheOptionsAreThoseThatScriptsUse() {
    assertThat(Cli.run("classify", "--help").out())
        .contains(
            "--model",
            "--backend",
            "--device",
            "--preprocessor",
            "--threshold",
            "--fusion",
            "--format",
            "--annotate",
            "--fake-class",
            "--threads",
            "--verbose");
  }
}
