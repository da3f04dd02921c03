package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.backend.cpu.CpuBackend;
import io.unmask.error.BackendException;
import io.unmask.json.Json;
import io.unmask.spi.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeTest {

  @TempDir Path folder;
  private Path photos;
  private Path models;

  @BeforeEach
  void writePhotosAndModels() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos").resolve("below"));
    for (int i = 0; i < 5; i++) {
      Cli.image(photos.resolve(i + ".png"), "png", 40 + i, 30);
    }
    models = Files.createDirectory(folder.resolve("models"));
    Files.copy(Path.of(Cli.MODEL), models.resolve("one.keras"));
  }

  @Test
  void theManifestHasRangesThenAndTheModelRunsInInt8() throws IOException {
    Path manifest = models.resolve("unmask.json");
    Files.writeString(manifest, "{\"version\": 1, \"threshold\": 0.4}");
    Path model = models.resolve("one.keras");
    Cli cli = quantize(model);
    assertThat(cli.err()).contains("one.keras: 5 images are few to measure ranges on");
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).contains("of 5 images, in " + manifest);
    Json written = Json.parse(Files.readAllBytes(manifest));
    assertThat(written.get("threshold").number()).isEqualTo(0.4);
    Json ranges = written.get("models").get("one.keras").get("ranges");
    assertThat(ranges.keys()).isNotEmpty();
    assertThat(Cli.run("inspect", model.toString()).out())
        .contains("Has ranges of " + ranges.keys().size() + " values for int8");
    assumeInt8();
    double exact = probability("f32", model);
    assertThat(probability("int8", model))
        .isNotEqualTo(exact)
        .isBetween(exact - 0.05, exact + 0.05);
  }

  @Test
  void modelsThatAreUsedTogetherAreMeasuredOneByOne() throws IOException {
    Files.copy(Path.of(Cli.MODEL), models.resolve("two.keras"));
    assertThat(quantize(models).status()).isZero();
    Json written = Json.parse(Files.readAllBytes(models.resolve("unmask.json")));
    assertThat(written.get("models").keys()).containsExactly("one.keras", "two.keras");
    assumeInt8();
    double exact = probability("f32", models);
    assertThat(probability("int8", models)).isBetween(exact - 0.05, exact + 0.05);
  }

  @Test
  void withoutRangesInt8IsAnErrorThatSaysWhatToDo() {
    assumeInt8();
    Cli cli = classify("int8", models);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err())
        .contains("unmask quantize --model MODEL --data DIR")
        .contains("docs/errors.md#precision");
  }

  @Test
  void rangesOfAnotherNetworkAreAnError() throws IOException {
    assumeInt8();
    Files.writeString(
        models.resolve("unmask.json"),
        "{\"version\": 1, \"models\": {\"one.keras\": {\"ranges\": {\"zzz\": [0, 1]}}}}");
    Cli cli = classify("int8", models);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("they are another network's").contains("unmask quantize");
  }

  @Test
  void whatCannotBeMeasuredIsAnError() throws IOException {
    Cli.run("quantize", "--data", photos.toString()).saysOnly("--model is missing");
    Cli.run("quantize", "--model", models.toString()).saysOnly("--data");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cli.run("quantize", "--model", models.toString(), "--data", empty.toString())
        .saysOnly("there is no image in " + empty);
    Cli.run("quantize", "--model", models.toString(), "--data", folder.resolve("none").toString())
        .saysOnly("--data " + folder.resolve("none") + ": there is no such folder");
    Cli.run(
            "quantize",
            "--model",
            models.toString(),
            "--data",
            photos.toString(),
            "-o",
            empty.toString())
        .saysOnly("there is no one.keras in it");
    Path missing = folder.resolve("missing.keras");
    Cli.run(
            "quantize",
            "--model",
            missing.toString(),
            "--data",
            photos.toString(),
            "-o",
            empty.toString())
        .saysOnly(missing + ": ");
    Cli.run("quantize", "--model", models.toString(), "--data", empty.toString(), "--limit", "0")
        .saysOnly("--limit 0");
    Cli.run(
            "quantize",
            "--model",
            models.toString(),
            "--data",
            photos.toString(),
            "--precision",
            "bf16")
        .saysOnly("--precision");
  }

  private Cli quantize(Path model) {
    return Cli.run(
        "quantize",
        "--model",
        model.toString(),
        "--data",
        folder.resolve("photos").toString(),
        "--backend",
        "cpu");
  }

  private Cli classify(String precision, Path model) {
    return Cli.run(
        "classify",
        "--model",
        model.toString(),
        "--backend",
        "cpu",
        "--precision",
        precision,
        "--format",
        "json",
        photos.resolve("3.png").toString());
  }

  private double probability(String precision, Path model) {
    Cli cli = classify(precision, model);
    assertThat(cli.err()).isEmpty();
    List<String> lines = cli.lines();
    return Json.parse(lines.get(0).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .get("probability")
        .number();
  }

  private static void assumeInt8() {
    try {
      new CpuBackend().precision(Precision.INT8);
    } catch (BackendException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
  }
}
