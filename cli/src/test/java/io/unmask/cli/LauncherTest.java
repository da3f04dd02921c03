package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the script {@code unmask} deals with streams that are closed. */
class LauncherTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<&-             | read 0",
        ">&-             | read 0, no output",
        "2>&-            | read 0",
        "<&- >&- 2>&-    | read 0, no output",
      })
  void aClosedStreamIsNotTakenForTheNextFile(String closed, String expected) throws Exception {
    assertThat(said(closed)).isEqualTo(expected);
  }

  @Test
  void openOnesStayAsTheyAre() throws Exception {
    assertThat(said("")).isEqualTo("read 0");
    assertThat(said("< \"$0\"")).isNotEqualTo("read 0").startsWith("read ");
  }

  private String said(String streams) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")) && Files.exists(Path.of("/dev/full")));
    List<String> lines =
        Files.readAllLines(Docs.ROOT.resolve("unmask")).stream()
            .filter(line -> line.startsWith("{ true 3"))
            .toList();
    assertThat(lines).hasSize(3);
    Path report = folder.resolve("report");
    Path script =
        Files.writeString(
            folder.resolve("script"),
            "set -eu\n"
                + String.join("\n", lines)
                + "\nprintf 'read %d' \"$(wc -c)\" >\"$1\"\n"
                + "echo output || printf ', no output' >>\"$1\"\n");
    Process process =
        new ProcessBuilder(
                "/bin/sh", "-c", "/bin/sh \"$0\" \"$1\" " + streams, "" + script, "" + report)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return Files.readString(report);
  }
}
