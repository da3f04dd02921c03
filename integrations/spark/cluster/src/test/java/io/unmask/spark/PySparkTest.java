package io.unmask.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * From Python, with the bundle alone. Skipped where {@code python3}, or what {@code PYSPARK_PYTHON}
 * names, cannot import pyspark.
 */
class PySparkTest {

  private static final String PYTHON = System.getenv().getOrDefault("PYSPARK_PYTHON", "python3");

  @Test
  void aQueryInPythonNeedsTheJarAlone() throws Exception {
    assumeTrue(
        run("-c", "import pyspark").startsWith("0"),
        () ->
            PYTHON
                + " cannot import pyspark; install it (pip install pyspark==4.1.3), or let PYSPARK_PYTHON"
                + " name a Python that has it");
    String said =
        run(
            Path.of("src/test/python/classify.py").toString(),
            Cluster.BUNDLE.toString(),
            Path.of("../../../examples/data").toAbsolutePath().normalize().toString());
    assertThat(said)
        .startsWith("0")
        .containsPattern("portrait\\.jpg [A-Z]+ 0\\.\\d+")
        .contains("untrained.keras None None");
  }

  /** Runs Python. Returns the exit status, and what it printed. */
  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME"); // Python brings its own
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + text;
    } catch (IOException e) {
      return "no " + PYTHON;
    }
  }
}
