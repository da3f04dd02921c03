package io.unmask.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** README.md and the files in docs, as far as tests run what is in them. */
final class Docs {

  /** The folder of the project. */
  static final Path ROOT = root();

  private static final Pattern FENCED =
      Pattern.compile(
          "(?:<!-- given: (.*?) -->\n+)?^```(\\w*)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  private Docs() {}

  /**
   * A block of code.
   *
   * @param file the Markdown that it stands in
   * @param line where
   * @param language what the fence says, or nothing
   * @param text what is in it
   * @param given what a comment before it says that it needs: parameters in Java, or the file that
   *     it is a part of
   */
  record Block(Path file, int line, String language, String text, Optional<String> given) {

    /** Its lines, continued ones joined, without comments behind them. */
    List<String> commands() {
      return text.replaceAll("\\\\\n\\s*", "")
          .replaceAll("\n {2,}", " ")
          .lines()
          .map(line -> line.replaceFirst("\\s+# .*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }

    /** The file that it is a part of, if the comment before it says so. */
    Optional<Path> source() {
      return given
          .filter(what -> what.startsWith("file "))
          .map(what -> ROOT.resolve(what.substring("file ".length())));
    }

    /** Whether it is one run of the command. */
    boolean isRun() {
      return language.isEmpty() && text.startsWith("./unmask ") && commands().size() == 1;
    }

    @Override
    public String toString() {
      return ROOT.relativize(file) + ":" + line;
    }
  }

  /**
   * A run of the command whose output is shown.
   *
   * @param command the block of the command
   * @param output the block behind it
   */
  record Run(Block command, Block output) {
    @Override
    public String toString() {
      return command.toString();
    }
  }

  /** The files, README.md first. */
  static List<Path> files() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      return files;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** All blocks, in order. */
  static List<Block> blocks() {
    return files().stream().flatMap(file -> blocks(file).stream()).toList();
  }

  /** The blocks in a language, at least one. */
  static List<Block> blocks(String language) {
    List<Block> found = blocks().stream().filter(b -> b.language().equals(language)).toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("no block of " + language);
    }
    return found;
  }

  private static List<Block> blocks(Path file) {
    String text = text(file);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = FENCED.matcher(text);
    while (matcher.find()) {
      int line = (int) text.substring(0, matcher.start(3)).lines().count();
      blocks.add(
          new Block(
              file,
              line,
              matcher.group(2),
              matcher.group(3),
              Optional.ofNullable(matcher.group(1))));
    }
    return blocks;
  }

  /** Runs with a block of output behind them, which is any that is no command itself. */
  static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Path file : files()) {
      List<Block> blocks = blocks(file);
      for (int i = 0; i + 1 < blocks.size(); i++) {
        Block next = blocks.get(i + 1);
        if (blocks.get(i).isRun()
            && next.language().isEmpty()
            && !next.text().matches("(?s)(\\./|\\.\\./|unmask [a-z]+ [-\\[]).*")) {
          runs.add(new Run(blocks.get(i), next));
        }
      }
    }
    return runs;
  }

  /** Code within lines, outside of blocks. */
  static List<String> inline(Path file) {
    String prose = FENCED.matcher(text(file)).replaceAll("");
    return INLINE.matcher(prose).results().map(m -> m.group(1).replaceAll("\\s+", " ")).toList();
  }

  /** The arguments of the command in a line, or empty if it is another command. */
  static Optional<List<String>> arguments(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" +", -1)));
    while (!words.isEmpty() && words.get(0).matches("[A-Z_]+=.*")) {
      words.remove(0);
    }
    boolean ours =
        words.size() > 1 && words.get(0).matches("(\\./)?unmask") && words.get(1).matches("[a-z]+");
    return ours ? Optional.of(words.subList(1, words.size())) : Optional.empty();
  }

  /** What is shown and what came, word by word; probabilities may differ in their last digit. */
  static boolean alike(String shown, String came) {
    String[] first = shown.strip().split("\\s+", -1);
    String[] second = came.strip().split("\\s+", -1);
    if (first.length != second.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      boolean numbers = first[i].matches("0\\.\\d+") && second[i].matches("0\\.\\d+");
      if (numbers
          ? Math.abs(Double.parseDouble(first[i]) - Double.parseDouble(second[i])) > 1.5e-4
          : !first[i].equals(second[i])) {
        return false;
      }
    }
    return true;
  }

  /** The class path of this test without what is there for tests alone, such as their model. */
  static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.matches(".*(test-classes[/\\\\]?|-tests\\.jar)"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
