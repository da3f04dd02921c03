package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would make each start of the command slower. */
class StartTest {

  @TempDir Path folder;

  /** Java writes classes at run time for the equality and hashes of records, for 5 ms a record. */
  @Test
  void noRecordIsComparedOrHashedOnTheWayToAVerdict() throws Exception {
    String image = Cli.image(folder.resolve("image.png"), "png").toString();
    assertThat(LoadedClasses.by("classify", image))
        .contains("io.unmask.Detector")
        .doesNotContain("java.lang.runtime.ObjectMethods");
    Path other = Files.copy(Path.of(Cli.MODEL), folder.resolve("other.keras"));
    assertThat(LoadedClasses.by("classify", "--model", Cli.MODEL, "--model", "" + other, image))
        .contains("io.unmask.Detector")
        .doesNotContain("java.lang.runtime.ObjectMethods");
  }
}
