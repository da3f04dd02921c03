package io.unmask.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed behind {@code benchmarks/compare}.
 *
 * @param quick whether only the most important is measured, in less than ten minutes
 * @param rounds how many rounds there are, at most
 * @param only the names of what is measured; none for all
 * @param out the file to write; else standard output
 * @param plot the picture to draw, if any
 */
record CompareArguments(
    boolean quick, int rounds, Set<String> only, Optional<Path> out, Optional<Path> plot) {

  static final String USAGE =
      """
      Usage: benchmarks/compare [--quick] [--only NAME,...] [--rounds N] [--out FILE.json]
                                [--plot FILE.png]
      Measures Unmask and what would be used instead, and prints a JSON array.
        --quick         bare inference, ensembles, one image end to end and preprocessing
                        alone, in less than 10 minutes on two cores; else all, about an hour
        --only NAME,... some of inference, backbone, ensemble, classify, preprocess,
                        load, first-answer, folder, first-verdict
        --rounds N      fresh JVMs for each row, at most; else 3
        --out FILE      write the array to a file; else to standard output
        --plot FILE     draw the ratios, as PNG
      The table and the progress go to standard error.""";

  private static final int ROUNDS = 3;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they cannot be followed; the message says why
   */
  static CompareArguments parse(String... arguments) {
    boolean quick = false;
    int rounds = ROUNDS;
    Set<String> only = Set.of();
    Optional<Path> out = Optional.empty();
    Optional<Path> plot = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--rounds" -> rounds = rounds(value(arguments, i++));
        case "--only" -> only = Set.copyOf(Arrays.asList(value(arguments, i++).split(",")));
        case "--out" -> out = Optional.of(writable(value(arguments, i++)));
        case "--plot" -> plot = Optional.of(picture(value(arguments, i++)));
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    CompareArguments parsed = new CompareArguments(quick, rounds, only, out, plot);
    for (String name : only) {
      if (!parsed.names().contains(name)) {
        throw new IllegalArgumentException(
            "there is no '%s' to measure%s, but %s"
                .formatted(name, quick ? " with --quick" : "", String.join(", ", parsed.names())));
      }
    }
    return parsed;
  }

  /** What can be measured. */
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    all().forEach(selection -> names.add(selection.name()));
    if (!quick) {
      names.add(Row.FIRST_VERDICT);
    }
    return names;
  }

  private List<Selection> all() {
    return quick ? Selection.quick() : Selection.full();
  }

  /** The benchmarks that are to run. */
  List<Selection> selections() {
    return all().stream().filter(selection -> includes(selection.name())).toList();
  }

  /** Whether whole processes are to be measured. */
  boolean processes() {
    return !quick && includes(Row.FIRST_VERDICT);
  }

  private boolean includes(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private static String value(String[] arguments, int option) {
    if (option + 1 == arguments.length) {
      throw new IllegalArgumentException(arguments[option] + " needs a value");
    }
    return arguments[option + 1];
  }

  private static int rounds(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("--rounds needs a number from 1 to 9999, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static Path picture(String text) {
    if (!text.endsWith(".png")) {
      throw new IllegalArgumentException("--plot needs a file that ends in .png, not " + text);
    }
    return writable(text);
  }

  /** What would fail in the end is said before anything is measured. */
  private static Path writable(String text) {
    Path file = Path.of(text).toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(text + " is a folder");
    }
    @Nullable Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("the folder of " + text + " is not there");
    }
    return file;
  }
}
