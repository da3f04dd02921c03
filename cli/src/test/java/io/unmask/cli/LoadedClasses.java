package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run of the command makes Java load. */
final class LoadedClasses {

  private LoadedClasses() {}

  /** The names of the classes, in order, that the command loads, which must succeed. */
  static List<String> by(String... arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile("loaded", ".log");
    try {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.add("-Xlog:class+load:file=" + log + ":none");
      line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      line.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(out).isZero();
      return Files.readAllLines(log).stream().map(each -> each.split(" source: ", 2)[0]).toList();
    } finally {
      Files.delete(log);
    }
  }
}
