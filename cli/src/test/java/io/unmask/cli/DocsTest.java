package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.provenance.LabelledFiles;
import io.unmask.json.Json;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command and every snippet of README.md and docs does what they say. */
class DocsTest {

  /** What stands for values where a command is described. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("N", "3"),
          Map.entry("K", "5"),
          Map.entry("T", "0.5"),
          Map.entry("S", "0.3"),
          Map.entry("RATE", "0.01"),
          Map.entry("CLASS", "1"),
          Map.entry("LOW,HIGH", "0.4,0.6"),
          Map.entry("P1,P2", "10,20"));

  /** Options of other programs that are spoken of. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "--add-modules",
          "--enable-native-access",
          "--gpus",
          "--pids-limit",
          "--sun-misc-unsafe-memory-access");

  @TempDir Path folder;

  static List<Docs.Block> java() {
    return Docs.blocks("java").stream().filter(block -> block.source().isEmpty()).toList();
  }

  /** What needs libraries that the command has not is a part of an example that is built. */
  @Test
  void partsOfFilesAreInThem() {
    List<Docs.Block> parts =
        Docs.blocks("java").stream().filter(block -> block.source().isPresent()).toList();
    assertThat(parts).isNotEmpty();
    for (Docs.Block part : parts) {
      assertThat(part.source().orElseThrow())
          .as(part.toString())
          .content()
          .containsIgnoringWhitespaces(part.text());
    }
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompiles(Docs.Block block) throws Exception {
    assertThat(compile(block)).isEmpty();
    if (block.text().contains("void main(")) {
      Path portrait = Docs.ROOT.resolve("examples/data/portrait.jpg");
      Cli run = child(Docs.ROOT, folder.toString(), "Example", portrait.toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.lines().get(0)).isIn("FAKE", "REAL", "UNCERTAIN", "NO_FACE");
    }
  }

  /** Compiles a class, or statements that are given parameters. Returns what is wrong. */
  private String compile(Docs.Block block) {
    boolean whole = block.text().contains("public class ");
    String source =
        whole
            ? block.text()
            : """
            import io.unmask.*;
            import io.unmask.evaluation.*;
            import io.unmask.keras.*;
            import io.unmask.network.*;
            import io.unmask.onnx.*;
            import io.unmask.spi.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.function.*;
            class Example {
              interface Server { void start(Function<byte[], Label> answer); }
              void run(%s) throws Exception {
            %s
              }
            }
            """
                .formatted(block.given().orElse(""), block.text());
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter problems = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-cp", Docs.classPath(), "-d", folder.toString());
    boolean compiled = compiler.getTask(problems, null, null, options, null, List.of(file)).call();
    return compiled ? "" : problems + "\n" + source;
  }

  static Stream<Docs.Block> manifests() {
    return Docs.blocks("json").stream().filter(block -> block.text().contains("\"version\""));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifestsAreRead(Docs.Block block) throws IOException {
    Json json = Json.parse(block.text().getBytes(UTF_8));
    Set<String> files = new HashSet<>();
    for (String key : List.of("models", "weights")) {
      if (json.has(key)) {
        files.addAll(json.get(key).keys());
      }
    }
    if (json.has("members")) {
      json.get("members").elements().forEach(each -> files.add(each.string()));
    }
    for (String file : files) {
      Files.createFile(folder.resolve(file));
    }
    Files.writeString(folder.resolve(Manifest.FILE_NAME), block.text());
    assertThat(ManifestFile.read(ModelFolder.of(folder))).isPresent();
  }

  @Test
  void jsonThatIsPrintedHasTheFieldsThatAreShown() throws Exception {
    Path face = Cli.image(folder.resolve("face.jpg"), "jpg");
    byte[] bytes = Files.readAllBytes(Docs.ROOT.resolve("examples/data/portrait.jpg"));
    Path torn = Files.write(folder.resolve("torn.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
    Cli verdicts = Cli.classify("--format", "json", face, torn);
    List<String> printed = new ArrayList<>(verdicts.lines());
    Files.write(folder.resolve("photo.jpg"), LabelledFiles.all().get(0));
    printed.addAll(main(folder, "evidence", "--format", "json", "photo.jpg").lines());
    List<String> shown =
        Docs.blocks("json").stream()
            .filter(block -> !block.text().contains("\"version\""))
            .flatMap(block -> block.text().lines())
            .filter(line -> line.contains("\"file\""))
            .toList();
    assertThat(shown).hasSameSizeAs(printed);
    for (int i = 0; i < shown.size(); i++) {
      Json expected = Json.parse(shown.get(i).getBytes(UTF_8));
      Json found = Json.parse(printed.get(i).getBytes(UTF_8));
      List<String> keys = new ArrayList<>(found.keys());
      keys.remove("warnings"); // of a picture that is no face
      assertThat(keys).as(shown.get(i)).containsExactlyElementsOf(expected.keys());
      if (expected.has("error")) {
        assertThat(found.get("error").string()).isEqualTo(expected.get("error").string());
      }
    }
    assertThat(printed.get(2)).isEqualTo(shown.get(2));
  }

  /** All but a service, which ends when it is stopped: tests of its own start it. */
  static List<Docs.Run> runs() {
    return Docs.runs().stream()
        .filter(run -> !run.command().commands().get(0).contains("unmask serve"))
        .toList();
  }

  @Test
  void theOutputOfSomeCommandsIsShown() {
    assertThat(runs()).extracting(Docs.Run::toString).hasSizeGreaterThanOrEqualTo(3);
  }

  /** With the bundled model, which this module's tests hide by one of their own. */
  @ParameterizedTest
  @MethodSource("runs")
  void commandsPrintWhatIsShown(Docs.Run run) throws Exception {
    Path data = Files.createDirectories(folder.resolve("examples/data"));
    try (Stream<Path> files = Files.list(Docs.ROOT.resolve("examples/data"))) {
      for (Path file : files.toList()) {
        Files.copy(file, data.resolve(file.getFileName()));
      }
    }
    Files.write(folder.resolve("photo.jpg"), LabelledFiles.all().get(0));
    List<String> arguments = Docs.arguments(run.command().commands().get(0)).orElseThrow();
    Cli result = main(folder, arguments.toArray(String[]::new));
    String came = result.out() + result.err();
    assertThat(Docs.alike(run.output().text(), came)).as(came).isTrue();
    assertThat(result.status()).isZero();
  }

  private static Cli main(Path work, String... arguments) throws Exception {
    return child(work, "", Main.class.getName(), arguments);
  }

  private static Cli child(Path work, String classes, String main, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= 24) { // which warns of both
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", classes + File.pathSeparator + Docs.classPath(), main));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile("unmask", ".err");
    try {
      Process process =
          new ProcessBuilder(command).directory(work.toFile()).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Cli(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Commands in blocks, both examples and descriptions, which must be complete. */
  static Stream<String> commands() {
    return Docs.blocks().stream()
        .filter(block -> block.language().isEmpty())
        .flatMap(block -> block.commands().stream())
        .filter(line -> Docs.arguments(line).isPresent())
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsAreUnderstood(String line) {
    for (String no : List.of("", "no-")) {
      parse(Docs.arguments(line.replace("[no-]", no)).orElseThrow(), true);
    }
  }

  static Stream<String> commandsInProse() {
    return Docs.files().stream()
        .flatMap(file -> Docs.inline(file).stream())
        .filter(code -> Docs.arguments(code).isPresent())
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commandsInProse")
  void commandsInProseAreUnderstood(String code) {
    parse(Docs.arguments(code.replace("[no-]", "")).orElseThrow(), false);
  }

  private static void parse(List<String> words, boolean complete) {
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      String plain = word.replaceAll("[\\[\\]]|\\.\\.\\.", "").replaceFirst("\\|.*", "");
      if (!plain.isEmpty()) {
        arguments.add(VALUES.getOrDefault(plain, plain));
      }
    }
    CommandLine command = command();
    try {
      command.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      assertThat(complete).as(e.getMessage()).isFalse();
    }
  }

  private static CommandLine command() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.command(new Console(nowhere, nowhere, false, false), "");
  }

  @Test
  void optionsInProseExist() {
    Set<String> known = new HashSet<>(OF_OTHERS);
    for (CommandLine each : command().getSubcommands().values()) {
      known.addAll(each.getCommandSpec().optionsMap().keySet());
      known.addAll(each.getCommandSpec().negatedOptionsMap().keySet());
    }
    Map<String, String> unknown = new LinkedHashMap<>();
    for (Path file : Docs.files()) {
      String name = file.getFileName().toString();
      if (Set.of("performance.md", "reliability.md").contains(name)) {
        continue; // they speak of benchmarks and fuzzers
      }
      for (String code : Docs.inline(file)) {
        Matcher option = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*").matcher(code);
        while (code.startsWith("--") && option.find()) {
          if (!known.contains(option.group())) {
            unknown.put(option.group(), name);
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** Such as {@code benchmarks/run}; and what Maven is asked for is there. */
  @Test
  void otherProgramsExist() {
    for (Docs.Block block : Docs.blocks()) {
      if (!block.language().isEmpty()) {
        continue;
      }
      for (String line : block.commands()) {
        String program = line.replaceFirst(" .*", "");
        if (program.matches("(\\./|\\.ci/|benchmarks/|core/|heif/)\\S+")) {
          assertThat(Docs.ROOT.resolve(program)).as(block.toString()).isExecutable();
        }
        for (String word : words(line, "-pl")) {
          assertThat(Docs.ROOT.resolve(word).resolve("pom.xml")).as(block.toString()).exists();
        }
        for (String word : words(line, "-P")) {
          assertThat(Docs.text(Docs.ROOT.resolve("cli/pom.xml")))
              .as(block.toString())
              .contains("<id>" + word + "</id>");
        }
      }
    }
  }

  private static List<String> words(String line, String option) {
    return line.startsWith("./mvnw ")
        ? Pattern.compile(" " + option + " (\\S+)")
            .matcher(line)
            .results()
            .flatMap(found -> Arrays.stream(found.group(1).split(",", -1)))
            .toList()
        : List.of();
  }

  @Test
  void dependenciesAreThoseOfTheProject() throws IOException {
    Set<String> artifacts = new HashSet<>();
    String version;
    try (Stream<Path> files = Files.walk(Docs.ROOT, 4)) {
      for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
        artifacts.addAll(values(Docs.text(pom), "artifactId"));
      }
    }
    version = values(Docs.text(Docs.ROOT.resolve("pom.xml")), "version").get(0);
    for (Docs.Block block : Docs.blocks("xml")) {
      assertThat(artifacts).as(block.toString()).containsAll(values(block.text(), "artifactId"));
      assertThat(values(block.text(), "version")).as(block.toString()).containsOnly(version);
    }
  }

  private static List<String> values(String xml, String name) {
    return Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(name))
        .matcher(xml)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void linksLeadSomewhere() {
    List<Path> files = new ArrayList<>(Docs.files());
    files.add(Docs.ROOT.resolve("CONTRIBUTING.md"));
    Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    for (Path file : files) {
      link.matcher(Docs.text(file))
          .results()
          .forEach(
              found -> {
                Path target = found.group(1).isEmpty() ? file : file.resolveSibling(found.group(1));
                assertThat(target).as("%s: %s", file, found.group()).exists();
                if (found.group(2) != null) {
                  assertThat(anchors(target)).as(file.toString()).contains(found.group(2));
                }
              });
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path file) {
    return Docs.text(file)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }
}
