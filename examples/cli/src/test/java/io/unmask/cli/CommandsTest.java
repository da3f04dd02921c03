package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.keras.GoldenModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  @Test
  void inspectListsLayersShapesAndParameters() {
    Cli cli = Cli.run("inspect", Cli.MODEL);
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
  void inspectGoesOnAfterAModelThatIsBroken() {
    Cli cli = Cli.run("inspect", GoldenModels.file("broken/truncated.h5").toString(), Cli.MODEL);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1);
    assertThat(cli.out()).contains("288 parameters");
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
