package io.unmask.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks in rounds: each round gives every combination of parameters one fork, so that a
 * machine that slows down for a while slows all engines alike. JMH itself runs all forks of one
 * combination before the next.
 *
 * @param count how many rounds there are at most
 * @param limit no round begins that would not end within this, judged by the longest so far; the
 *     first always does
 */
record Rounds(int count, Duration limit) {

  /**
   * Runs all benchmarks that the options choose.
   *
   * @return one result for each combination of parameters, with the samples of all its forks
   */
  Collection<RunResult> run(List<Options> selections, OutputFormat output) throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    long start = System.nanoTime();
    long longest = 0;
    for (int round = 1; round <= count; round++) {
      long before = System.nanoTime();
      if (round > 1 && before - start + longest > limit.toNanos()) {
        output.println("There is no time for round %d.".formatted(round));
        break;
      }
      output.println("Round %d of %d".formatted(round, count));
      for (Options selection : selections) {
        Options once = new OptionsBuilder().parent(selection).forks(1).build();
        results.addAll(new Runner(once, output).run());
      }
      longest = Math.max(longest, System.nanoTime() - before);
    }
    return pool(results);
  }

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
