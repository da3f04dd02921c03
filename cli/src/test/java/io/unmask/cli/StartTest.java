package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    List<String> folds =
        LoadedClasses.by("classify", "--model", Cli.MODEL, "--model", Cli.MODEL, image);
    assertThat(folds)
        .contains("io.unmask.Detector")
        .doesNotContain("java.lang.runtime.ObjectMethods");
  }
}
