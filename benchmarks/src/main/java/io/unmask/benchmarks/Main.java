package io.unmask.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks with JMH's arguments, but in rounds: each round gives every combination of
 * parameters one fork, so that a machine that slows down for a while slows all engines alike. JMH
 * itself runs all forks of one combination before the next.
 */
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
    Options round = new OptionsBuilder().parent(options).forks(1).build();
    List<RunResult> results = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      results.addAll(new Runner(round).run());
    }
    Collection<RunResult> pooled = pool(results);
    if (options.getResult().hasValue()) {
      ResultFormatFactory.getInstance(
              options.getResultFormat().orElse(ResultFormatType.CSV), options.getResult().get())
          .writeOut(pooled);
    }
    Comparison.of(pooled).print(System.out);
  }

  private static boolean asksForInformation(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  /** One result for each combination of parameters, with the samples of all its forks. */
  private static Collection<RunResult> pool(List<RunResult> results) {
    Map<String, BenchmarkParams> params = new TreeMap<>();
    Map<String, List<BenchmarkResult>> forks = new TreeMap<>();
    for (RunResult result : results) {
      String id = result.getParams().id();
      params.putIfAbsent(id, result.getParams());
      forks.computeIfAbsent(id, absent -> new ArrayList<>()).addAll(result.getBenchmarkResults());
    }
    List<RunResult> pooled = new ArrayList<>();
    params.forEach((id, shared) -> pooled.add(new RunResult(shared, forks.get(id))));
    return pooled;
  }
}
