package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands for an image on the command line. */
class ArgumentsTest {

  @TempDir Path folder;

  private static Cli withInput(byte[] input, Object... args) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input));
      return Cli.classify(args);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aMinusIsAnImageOnStandardInput() throws IOException {
    Path image = Cli.image(folder.resolve("a.png"), "png");
    String verdict = Cli.classify(image).out().replace(image.toString(), "-");
    Path copies = folder.resolve("copies");
    Cli piped = withInput(Files.readAllBytes(image), "-", image, "-", "--annotate", copies);
    assertThat(piped.status()).isEqualTo(1);
    assertThat(piped.lines()).hasSize(2).first().isEqualTo(verdict.strip());
    assertThat(piped.err()).contains("unmask: -: standard input holds one image and is read once");
    assertThat(copies.resolve("standard-input.png")).exists();
    try (var files = Files.list(copies)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whatIsNoImageOnStandardInputIsSaidToBeSo() {
    Cli empty = withInput(new byte[0], "-");
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.err()).startsWith("unmask: -: ").hasLineCount(1);
    assertThat(withInput("text".getBytes(UTF_8), "-").err()).startsWith("unmask: -: ");
  }

  @Test
  void anEmptyPathIsNotTheFolderThatTheCommandWasStartedIn() throws IOException {
    Cli empty = Cli.classify("");
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.err()).contains("the path is empty");
    Path image = Cli.image(folder.resolve("a.png"), "png");
    Cli.classify("--annotate", "", image).saysOnly("the path is empty");
  }

  @Test
  void aNameThatBeginsWithAnAtSignIsAFile() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "one.jpg two.jpg");
    Cli result = Cli.classify("@" + list);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("@" + list).doesNotContain("two.jpg:");
  }

  @Test
  void aNameThatBeginsWithMinusIsExplained() throws Exception {
    Path dash = Path.of("-dash.png");
    assumeTrue(Files.notExists(dash), "the working folder is free for the file");
    Cli.image(dash, "png");
    try {
      Cli.classify("-dash.png").saysOnly("-dash.png is a file", "unmask classify -- -dash.png");
      assertThat(Cli.classify("--", "-dash.png").status()).isZero();
    } finally {
      Files.delete(dash);
    }
  }

  @Test
  void theLimitOfPixelsCanBeChosen() throws IOException {
    Path image = Cli.image(folder.resolve("a.png"), "png");
    Cli refused = Cli.classify("--max-pixels", 1199, image);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("at most 1199 in all", "--max-pixels");
    assertThat(Cli.classify("--max-pixels", 1200, image).status()).isZero();
    Cli.classify("--max-pixels", 0, image).saysOnly("maxPixels");
    Cli.classify("--max-pixels", 9, "--preprocessor", "tensorflow", image)
        .saysOnly("--max-pixels is for preprocessor java");
  }

  /** As in a container without LANG. */
  @Test
  void namesAreToldApartInALocaleWithoutTheirLetters() throws Exception {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the test itself can name them");
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path plain = Cli.image(photos.resolve("a.png"), "png");
    Path acute = photos.resolve("\u00e9+%41.png");
    Path umlaut = photos.resolve("\u00fc.png");
    Files.copy(plain, acute);
    Files.copy(plain, umlaut);
    Cli result = inLocaleC(acute.toString(), photos.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("LC_ALL=C.UTF-8");
    assertThat(result.lines())
        .extracting(line -> line.substring(line.indexOf("  ") + 2))
        .containsExactly(plain.toString(), acute.toString(), umlaut.toString());
  }

  private static Cli inLocaleC(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "classify",
                "--model",
                Cli.MODEL,
                "--backend",
                "interpreter"));
    command.addAll(List.of(arguments));
    File err = File.createTempFile("unmask", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(err);
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Cli(process.waitFor(), out, Files.readString(err.toPath()));
    } finally {
      Files.delete(err.toPath());
    }
  }
}
