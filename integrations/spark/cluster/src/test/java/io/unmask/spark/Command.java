package io.unmask.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command, a process of its own. */
final class Command {

  private static final Path JAR = Path.of("../../../cli/target/unmask.jar").toAbsolutePath();

  private Command() {}

  /**
   * What it says of the files, by their paths.
   *
   * @param model a model's file, or empty for the bundled one
   */
  static Map<String, Said> classify(List<Path> files, Path folder, String model) throws Exception {
    Path out = run(files, folder, model);
    Map<String, Said> said = new TreeMap<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(out)) {
      JsonNode node = mapper.readTree(line);
      said.put(
          node.get("file").asText(),
          new Said(
              text(node, "label"),
              node.has("probability") ? node.get("probability").asDouble() : null,
              node.has("error") ? null : node.path("faces").size(),
              node.has("error") ? null : node.path("evidence").size(),
              node.has("error") ? null : node.path("warnings").size(),
              text(node, "error")));
    }
    return said;
  }

  /**
   * The seconds of processor time that it takes, with the options of Java that the launcher gives.
   */
  static double cpuSeconds(List<Path> files, Path folder) throws Exception {
    Path said = folder.resolve("time.txt");
    List<String> command =
        List.of(
            "bash",
            "-c",
            "TIMEFORMAT='%U %S'; time \"$@\" 2>/dev/null",
            "time",
            java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms36m",
            "-Xmn12m",
            "-jar",
            JAR.normalize().toString(),
            "classify",
            "--threads",
            "1",
            "--files-from",
            list(files, folder).toString());
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(said.toFile())
        .start()
        .waitFor();
    String[] times = Files.readString(said).strip().split(" ", -1);
    return Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path list(List<Path> files, Path folder) throws IOException {
    return Files.write(folder.resolve("list.txt"), files.stream().map(Path::toString).toList());
  }

  /** Runs it. Returns the file with what it printed. */
  private static Path run(List<Path> files, Path folder, String model) throws Exception {
    Path list = list(files, folder);
    Path out = folder.resolve("out.json");
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-jar",
                JAR.normalize().toString(),
                "classify",
                "--threads",
                "1",
                "--format",
                "json",
                "--files-from",
                list.toString()));
    if (!model.isEmpty()) {
      command.addAll(List.of("--model", model));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    int status = process.waitFor();
    if (status > 1) {
      throw new IllegalStateException(Files.readString(folder.resolve("err.txt")));
    }
    return out;
  }

  private static String text(JsonNode node, String field) {
    return node.has(field) ? node.get(field).asText() : null;
  }

  /** What is said of a photo, without how long it took. */
  record Said(
      String label,
      Double probability,
      Integer faces,
      Integer evidence,
      Integer warnings,
      String error) {}
}
