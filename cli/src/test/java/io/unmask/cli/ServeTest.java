package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code unmask serve} and what README.md sends to it, in processes of their own. */
@Timeout(120)
class ServeTest {

  private static final Pattern LISTENING =
      Pattern.compile("unmask: listening at (http://\\S+/) with model default on backend cpu");
  private static final String README_URL = "http://127.0.0.1:8080/";

  @TempDir Path folder;
  private Process service;
  private String url;

  @BeforeEach
  void start() throws Exception {
    Docs.Block block =
        Docs.blocks().stream()
            .filter(each -> each.text().strip().equals("./unmask serve"))
            .findFirst()
            .orElseThrow();
    List<String> words = Docs.arguments(block.commands().get(0)).orElseThrow();
    List<String> line = java("io.unmask.cli.Main");
    line.addAll(words);
    line.addAll(List.of("--port", "0")); // whoever has 8080
    service =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    BufferedReader messages = service.errorReader(UTF_8);
    List<String> said = new ArrayList<>();
    for (String message = messages.readLine(); message != null; message = messages.readLine()) {
      said.add(message);
      Matcher listening = LISTENING.matcher(message);
      if (listening.lookingAt()) {
        url = listening.group(1);
        return;
      }
    }
    throw new AssertionError(said);
  }

  @AfterEach
  void stop() {
    service.destroyForcibly();
  }

  private static List<String> java(String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Docs.classPath(),
            main));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    return out.strip();
  }

  private static boolean hasCurl() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, "curl")));
  }

  @Test
  void whatTheReadmeSendsIsAnsweredAsTheCommandAnswers() throws Exception {
    assumeThat(hasCurl()).as("curl is installed").isTrue();
    Path portrait = Docs.ROOT.resolve("examples/data/portrait.jpg");
    for (String name : List.of("face.jpg", "a.jpg", "b.jpg")) {
      Files.copy(portrait, folder.resolve(name));
    }
    List<String> classify = java("io.unmask.cli.Main");
    classify.addAll(List.of("classify", "--format", "json", "face.jpg"));
    String expected = comparable(run(classify));
    List<String> sent =
        Docs.blocks().stream()
            .flatMap(block -> block.commands().stream())
            .filter(line -> line.startsWith("curl ") && line.contains(README_URL))
            .toList();
    assertThat(sent).hasSize(2);
    List<String> answers = new ArrayList<>();
    for (String line : sent) {
      List<String> words = new ArrayList<>(List.of("curl", "--silent", "--noproxy", "*"));
      Stream.of(line.replace(README_URL, url).split(" ", -1)).skip(1).forEach(words::add);
      answers.add(comparable(run(words)));
    }
    assertThat(answers).containsExactly(expected, "[" + expected + "," + expected + "]");
    service.destroy(); // SIGTERM
    assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(service.exitValue()).isEqualTo(128 + 15);
    assertThat(folder.resolve("out")).isEmptyFile();
  }

  /** Without what differs: the name and the time. */
  private static String comparable(String json) {
    return json.replaceAll("\"file\":\"[^\"]*\",", "").replaceAll(",\"milliseconds\":[0-9.]+", "");
  }
}
