package io.unmask.jhdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.jhdf.log.Logger;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The copied classes need neither SLF4J nor jHDF's own jar. */
class RelocationTest {

  @Test
  void noClassNamesWhatItWasCopiedFrom() throws IOException {
    Path classes = Path.of("target/classes");
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    assertThat(files).hasSizeGreaterThan(150);
    List<Path> wrong = new ArrayList<>();
    for (Path file : files) {
      String bytes = Files.readString(file, ISO_8859_1);
      if (bytes.contains("org/slf4j/") || bytes.replace("io/unmask/jhdf", "").contains("io/jhdf")) {
        wrong.add(file);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(classes.resolve("META-INF/LICENSE-jhdf"))
        .content()
        .contains("MIT License", "James Mudd");
  }

  /** A method of SLF4J's that jHDF calls and that is not there would be an error at that moment. */
  @Test
  void theLogHasTheMethodsThatAreCalled() throws Exception {
    for (String level : List.of("trace", "debug", "info", "warn")) {
      Method one = Logger.class.getMethod(level, String.class, Object.class);
      Method two = Logger.class.getMethod(level, String.class, Object.class, Object.class);
      assertThat(List.of(one, two)).allMatch(Method::isDefault);
    }
  }
}
