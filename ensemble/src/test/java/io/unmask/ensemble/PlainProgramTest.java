package io.unmask.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.Detector;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A program without any log says what it says, and nothing else is written. */
class PlainProgramTest {

  /** The program. */
  public static void main(String[] args) {
    try (Detector detector = Detector.open()) {
      System.out.println(detector.classify(Path.of(args[0])).label());
    }
  }

  @Test
  void nothingButItsOwnOutputIsWritten() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED", // of which later JDKs warn without it
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.contains("slf4j"))
                    .collect(Collectors.joining(File.pathSeparator)),
                PlainProgramTest.class.getName(),
                Path.of("../examples/data/portrait.jpg").toString())
            .redirectErrorStream(true)
            .start();
    String written = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(written).isZero();
    assertThat(written.strip()).isIn("FAKE", "REAL", "UNCERTAIN");
  }
}
