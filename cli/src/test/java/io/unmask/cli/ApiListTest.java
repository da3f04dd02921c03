package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What programs can call changes only where that is meant: api.txt is what it is. To renew it, run
 * {@code ./mvnw test -pl cli -am -Dtest=ApiListTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dunmask.api=write}.
 */
class ApiListTest {

  @Test
  void theListIsWhatTheModulesExport() throws IOException {
    Path list = Docs.ROOT.resolve("api.txt");
    String text = ApiList.text();
    if ("write".equals(System.getProperty("unmask.api"))) {
      Files.writeString(list, text);
    }
    assertThat(text)
        .as("the public surface; if the change is meant, renew api.txt as ApiListTest says")
        .isEqualTo(Files.readString(list));
    assertThat(text)
        .contains("io.unmask: public abstract interface io.unmask.Detector")
        .contains("io.unmask.spi: public abstract interface io.unmask.spi.Backend")
        .doesNotContain("io.unmask.files", "io.unmask.json.");
  }
}
