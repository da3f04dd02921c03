package io.unmask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What editors know of the properties, and the documentation. */
class MetadataTest {

  private static final Pattern PROPERTY =
      Pattern.compile("\\{\\s*\"name\": \"(unmask\\.[a-z.-]+)\",\\s*\"type\"[^}]*\\}");

  @Test
  void everyPropertyIsDescribedThereAndHere() throws Exception {
    List<MatchResult> properties = PROPERTY.matcher(metadata()).results().toList();
    assertThat(properties).hasSizeGreaterThan(15);
    String page = Files.readString(Path.of("../../../docs/spring.md"));
    for (MatchResult property : properties) {
      String name = property.group(1);
      if (property.group().contains("\"sourceMethod\"") || name.equals("unmask.band")) {
        continue;
      }
      assertThat(property.group()).as(name).contains("\"description\": \"");
      assertThat(page).contains("`" + name.substring("unmask.".length()) + "`");
    }
  }

  @Test
  void conditionsAreKnownWithoutLoadingClasses() throws Exception {
    assertThat(read("META-INF/spring-autoconfigure-metadata.properties"))
        .contains("UnmaskHealthBoot4AutoConfiguration.ConditionalOnClass=");
  }

  private static String metadata() throws Exception {
    return read("META-INF/spring-configuration-metadata.json");
  }

  /** Of all jars on the class path that have the file, ours. */
  private static String read(String file) throws Exception {
    List<String> found = new ArrayList<>();
    for (URL url : Collections.list(MetadataTest.class.getClassLoader().getResources(file))) {
      try (InputStream stream = url.openStream()) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("io.unmask.spring")) {
          found.add(text);
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
