package io.unmask.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code benchmarks/compare}: measures us and the peers in one go, and writes a JSON array. */
public final class Compare {

  private static final int OK = 0;
  private static final int INCOMPLETE = 1;
  private static final int NOTHING_RAN = 2;

  /** With some room below the ten minutes that are promised. */
  private static final Duration QUICK = Duration.ofMinutes(9);

  private Compare() {}

  /** Runs the comparison and ends the process. */
  public static void main(String[] arguments) throws RunnerException, InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs the comparison.
   *
   * @return the exit status: 0 if all was measured, 1 if some of it failed, 2 if nothing could run
   */
  static int run(PrintStream out, PrintStream log, String... arguments)
      throws RunnerException, InterruptedException {
    if (Arrays.asList(arguments).contains("--help")) {
      out.println(CompareArguments.USAGE);
      return OK;
    }
    CompareArguments parsed;
    try {
      parsed = CompareArguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      log.println("benchmarks/compare: " + e.getMessage() + " (see --help)");
      return NOTHING_RAN;
    }
    log.println("Machine: " + Machine.description());
    if (Machine.isBusy()) {
      log.println("Other programs are running: the figures will be worse than the machine is.");
    }
    List<Selection> selections = parsed.selections();
    List<Row> rows = new ArrayList<>(measured(selections, parsed, log));
    boolean complete = rows.size() == selections.stream().mapToInt(Selection::combinations).sum();
    if (parsed.processes()) {
      complete &= processes(rows, parsed.rounds(), log);
    }
    Comparison comparison = Comparison.of(rows);
    comparison.print(log);
    if (!complete) {
      log.println("benchmarks/compare: some of it failed, see above; the rest is there");
    }
    boolean written = write(ComparisonJson.of(comparison), parsed.out(), out, log);
    if (parsed.plot().isPresent()) {
      written &= draw(comparison, parsed.plot().get(), log);
    }
    return complete && written ? OK : INCOMPLETE;
  }

  private static List<Row> measured(
      List<Selection> selections, CompareArguments arguments, PrintStream log)
      throws RunnerException {
    OutputFormat output = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    List<Options> options =
        selections.stream().map(selection -> selection.options(arguments.quick())).toList();
    Duration limit = arguments.quick() ? QUICK : Duration.ofDays(1);
    if (options.isEmpty()) {
      return List.of();
    }
    return new Rounds(arguments.rounds(), limit)
        .run(options, output).stream().map(Row::of).toList();
  }

  /** Adds what is measured from outside. Returns whether it could be. */
  private static boolean processes(List<Row> rows, int rounds, PrintStream log)
      throws InterruptedException {
    Path root = Path.of(System.getProperty("unmask.root", "."));
    Optional<KerasScript> keras = KerasScript.find(root.resolve("benchmarks"), log);
    if (keras.isEmpty()) {
      log.println("There is no Python with TensorFlow and Keras, so that peer is skipped.");
    }
    try {
      rows.addAll(new WholeProcess(root.resolve("unmask"), keras, log).run(rounds));
      return true;
    } catch (IOException e) {
      log.println("benchmarks/compare: " + e.getMessage());
      return false;
    }
  }

  private static boolean draw(Comparison comparison, Path file, PrintStream log) {
    try {
      if (ComparisonPlot.write(comparison, file)) {
        return true;
      }
      log.println("benchmarks/compare: there is no peer to draw a comparison with");
    } catch (IOException e) {
      log.println("benchmarks/compare: " + file + " cannot be written: " + e);
    }
    return false;
  }

  private static boolean write(String json, Optional<Path> file, PrintStream out, PrintStream log) {
    if (file.isEmpty()) {
      out.print(json);
      return true;
    }
    try {
      Files.writeString(file.get(), json);
      return true;
    } catch (IOException e) {
      log.println("benchmarks/compare: " + file.get() + " cannot be written: " + e);
      out.print(json);
      return false;
    }
  }
}
