package io.unmask.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That links in messages lead somewhere. */
class ExplanationTest {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("docs/[a-z]+\\.md(#[a-z-]+)?");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @ParameterizedTest
  @EnumSource
  void everyExplanationIsASection(Explanation explanation) throws IOException {
    assertThat(targets(ROOT.resolve("docs/errors.md"))).contains(explanation.link());
  }

  @Test
  void everyLinkInTheSourcesLeadsToAFileOrASection() throws IOException {
    List<String> links = new ArrayList<>();
    for (Path source : sources()) {
      Matcher matcher = LINK.matcher(Files.readString(source));
      while (matcher.find()) {
        links.add(matcher.group());
      }
    }
    List<String> targets = new ArrayList<>();
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
        targets.addAll(targets(page));
      }
    }
    assertThat(links).isNotEmpty();
    assertThat(targets).containsAll(links);
  }

  @Test
  void theJarCarriesThePages() throws IOException {
    try (InputStream page = Explanation.class.getResourceAsStream("/META-INF/docs/errors.md")) {
      assertThat(page).isNotNull();
      assertThat(page.readAllBytes()).isEqualTo(Files.readAllBytes(ROOT.resolve("docs/errors.md")));
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 20, (path, attributes) -> isSource(path))) {
      return files.toList();
    }
  }

  private static boolean isSource(Path path) {
    String inside = ROOT.relativize(path).toString().replace('\\', '/');
    return inside.contains("src/main/java/") && inside.endsWith(".java");
  }

  /** The page itself and its headings, linked to as code hosts link to them. */
  private static List<String> targets(Path page) throws IOException {
    String name = "docs/" + page.getFileName();
    List<String> targets = new ArrayList<>(List.of(name));
    Matcher matcher = HEADING.matcher(Files.readString(page));
    while (matcher.find()) {
      String heading = matcher.group(1).toLowerCase(Locale.ROOT);
      targets.add(name + "#" + heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'));
    }
    return targets;
  }
}
