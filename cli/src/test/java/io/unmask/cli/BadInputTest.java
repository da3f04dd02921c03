package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.unmask.testkit.GoldenModels;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is wrong gets one line that says so, and the rest is still classified. */
class BadInputTest {

  @TempDir Path folder;
  private Path good;

  @BeforeEach
  void writeAGoodImage() throws IOException {
    good = Cli.image(folder.resolve("zgood.png"), "png");
  }

  @Test
  void aMissingImage() {
    badImage(folder.resolve("missing.jpg"), "no such file");
  }

  @Test
  void anEmptyImage() throws IOException {
    badImage(Files.createFile(folder.resolve("empty.jpg")), "empty, expected an image");
  }

  @Test
  void aTruncatedJpeg() throws IOException {
    Path whole = Cli.image(folder.resolve("whole.jpg"), "jpeg");
    byte[] bytes = Files.readAllBytes(whole);
    Path half = folder.resolve("half.jpg");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    badImage(half, "JPEG");
  }

  @Test
  void aTextFileNamedJpg() throws IOException {
    badImage(Files.writeString(folder.resolve("text.jpg"), "Dear reader"), "\"Dear rea");
  }

  @Test
  void aHeaderOf100000By100000Pixels() throws IOException {
    ByteBuffer png = ByteBuffer.allocate(57);
    png.putLong(0x89504E470D0A1A0AL);
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(UTF_8))
            .putInt(100_000)
            .putInt(100_000)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    png.putInt(13).put(header).putInt((int) crc.getValue());
    Path huge = Files.write(folder.resolve("huge.png"), png.array());
    badImage(huge, "100000x100000 pixels");
  }

  @Test
  void aFolderWithoutImages() throws IOException {
    badImage(Files.createDirectory(folder.resolve("none")), "the folder holds no image (");
  }

  @Test
  void anUnreadableFolder() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path locked = Files.createDirectories(folder.resolve("photos/locked"));
    Files.copy(good, folder.resolve("photos/z.png"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      Cli cli = Cli.classify("--format", "json", folder.resolve("photos"));
      assertThat(cli.status()).isEqualTo(1);
      assertThat(cli.lines()).hasSize(2);
      assertThat(cli.lines().get(0))
          .isEqualTo(
              "{\"file\":\"%s\",\"error\":\"permission to look into it is denied\"}"
                  .formatted(locked));
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aNameWithANewlineStaysOnOneLine() throws IOException {
    Path odd = Files.createFile(folder.resolve("a\nFAKE 1.0000  b\u001b[2J.jpg"));
    Cli cli = Cli.classify(odd);
    assertThat(cli.err()).hasLineCount(1).doesNotContain("\u001b");
  }

  @Test
  void whatTurnsTheDirectionOfWritingIsNotPrinted() throws IOException {
    Path odd = Files.createFile(folder.resolve("a\u202Egpj.exe\u2066\u009b2J"));
    assertThat(Cli.classify(odd).err()).contains("a?gpj.exe??2J").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "missing.keras, there is no such file",
    "broken/empty.keras, the file is empty",
    "broken/not_a_zip.keras, expected a Keras model",
    "broken/missing_config.keras, no config.json",
    "broken/missing_weights.keras, no model.weights.h5",
    "broken/wrong_shape.keras, has shape",
    "broken/external_link.keras, links are not followed",
    "broken/unknown_layer.keras, is not supported",
    "two_outputs.keras, has 2 outputs",
  })
  void aModelThatCannotBeUsed(String name, String part) {
    String model = GoldenModels.file(name).toString();
    Cli.run("classify", "--backend", "interpreter", "--model", model, good.toString())
        .saysOnly(model + ": ", part);
    Cli.run("inspect", model).saysOnly(model + ": ", part);
  }

  @Test
  void aModelWhoseWeightsAreNoNumbers() {
    String model = GoldenModels.file("broken/nan_weight.keras").toString();
    Cli cli = Cli.run("classify", "--backend", "interpreter", "--model", model, good.toString());
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).hasLineCount(1).contains("puts out NaN");
  }

  @Test
  void theSameModelTwiceOrNoFusionRule() {
    Cli.classify("--model", Cli.MODEL, good).saysOnly("is given twice");
    Cli.classify("--fusion", "best", good).saysOnly("no fusion rule 'best'", "weighted-mean");
  }

  @Test
  void aBackendOrDeviceThatThereIsNot() {
    Cli.run("classify", "--model", Cli.MODEL, "--backend", "abacus", good.toString())
        .saysOnly("there is no backend 'abacus'", "interpreter (", "META-INF/services");
    Cli.classify("--device", "gpu", good).saysOnly("cannot be used on the device gpu");
    Cli.classify("--preprocessor", "none", good).saysOnly("there is no preprocessor 'none'");
  }

  @Test
  void noBackendOnTheClassPath() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("backend-cpu") && !entry.contains("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Main.class.getName(),
                "classify",
                "--model",
                Cli.MODEL,
                good.toString())
            .redirectError(err.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    new Cli(process.waitFor(), out, Files.readString(err))
        .saysOnly(
            "no backend can be used: the class path offers none",
            "io.unmask:unmask-backend-cpu",
            "META-INF/services");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "clasify",
        "classify",
        "classify --threshold x a.jpg",
        "classify --threshold 2 a.jpg",
        "classify --threshold NaN a.jpg",
        "classify --threads 0 a.jpg",
        "classify --fake-class -1 a.jpg",
        "classify --device tpu a.jpg",
        "classify --format xml a.jpg",
        "classify --colour a.jpg",
        "classify --exif=maybe a.jpg",
        "backends now",
      })
  void wrongUsage(String line) {
    Cli.run(line.isEmpty() ? new String[0] : line.split(" ")).saysOnly();
  }

  @Test
  void aFolderForCopiesThatCannotBeMade() {
    Cli.classify("--annotate", good, good).saysOnly(good.toString());
  }

  @Test
  void theStackTraceIsForVerboseOnly() {
    Cli cli = Cli.run("classify", "--verbose", "--model", "missing.keras", good.toString());
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("ModelFormatException").contains("\tat ");
  }

  private void badImage(Path bad, String part) {
    Cli text = Cli.classify(bad, good);
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.err()).startsWith("unmask: " + bad + ": ").contains(part).hasLineCount(1);
    assertThat(text.lines()).hasSize(1).first().asString().endsWith(good.toString());

    Cli json = Cli.classify("--format", "json", bad, good);
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.err()).isEmpty();
    assertThat(json.lines()).hasSize(2);
    assertThat(json.lines().get(0))
        .startsWith("{\"file\":\"" + bad + "\",\"error\":\"")
        .doesNotContain("\"error\":\"" + bad);
    assertThat(json.lines().get(1)).startsWith("{\"file\":\"" + good + "\",\"label\":\"");
  }
}
