package io.unmask.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks with JMH's arguments, but in {@link Rounds}. */
public final class Main {

  private static final int DEFAULT_ROUNDS = 5;

  private Main() {}

  /**
   * Runs the benchmarks and prints the comparison.
   *
   * @param arguments JMH's; {@code -f} is the number of rounds
   */
  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions options = new CommandLineOptions(arguments);
    if (asksForInformation(options)) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    int rounds = options.getForkCount().orElse(DEFAULT_ROUNDS);
    OutputFormat output =
        OutputFormatFactory.createFormatInstance(
            System.out, options.verbosity().orElse(VerboseMode.NORMAL));
    Collection<RunResult> pooled =
        new Rounds(rounds, Duration.ofDays(1)).run(List.of(options), output);
    if (options.getResult().hasValue()) {
      ResultFormatFactory.getInstance(
              options.getResultFormat().orElse(ResultFormatType.CSV), options.getResult().get())
          .writeOut(pooled);
    }
    Comparison.of(pooled.stream().map(Row::of).toList()).print(System.out);
  }

  private static boolean asksForInformation(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }
}
