package io.unmask.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * Medians side by side, and as ratios to the peer's under the same parameters.
 *
 * @param rows one for each combination of parameters
 */
record Comparison(List<Row> rows) {

  /** The parameters whose values are compared with each other. */
  private static final Set<String> SUBJECTS = Set.of("engine", "models", "way");

  /** What the others are measured against. */
  private static final Set<String> PEERS =
      Set.of(Engine.PEER, SeveralModels.ONE, FolderThroughput.PLAIN);

  /**
   * What was measured under one combination of parameters.
   *
   * @param benchmark the benchmark's class
   * @param engine the engine's name, or of what is compared instead of engines
   * @param parameters the other parameters
   * @param samples the number of calls timed
   * @param best the shortest, in the benchmark's unit of time
   * @param median half of them were shorter
   * @param p90 nine in ten were shorter
   */
  record Row(
      String benchmark,
      String engine,
      Map<String, String> parameters,
      long samples,
      double best,
      double median,
      double p90) {}

  static Comparison of(Collection<RunResult> results) {
    List<Row> rows = new ArrayList<>();
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      Map<String, String> parameters = new TreeMap<>();
      for (String key : params.getParamsKeys()) {
        parameters.put(key, params.getParam(key));
      }
      String engine =
          SUBJECTS.stream().map(parameters::remove).filter(Objects::nonNull).findAny().orElse("");
      String method = params.getBenchmark();
      String type = method.substring(0, method.lastIndexOf('.'));
      Statistics statistics = result.getPrimaryResult().getStatistics();
      rows.add(
          new Row(
              type.substring(type.lastIndexOf('.') + 1),
              engine,
              parameters,
              statistics.getN(),
              statistics.getMin(),
              statistics.getPercentile(50),
              statistics.getPercentile(90)));
    }
    rows.sort(
        Comparator.comparing(Row::benchmark)
            .thenComparing(row -> row.parameters().toString())
            .thenComparing(Row::engine));
    return new Comparison(List.copyOf(rows));
  }

  /** The median as a share of the peer's, where the peer was measured under the same parameters. */
  Optional<Double> ratio(Row row) {
    return rows.stream()
        .filter(peer -> PEERS.contains(peer.engine()))
        .filter(peer -> peer.benchmark().equals(row.benchmark()))
        .filter(peer -> peer.parameters().equals(row.parameters()))
        .map(peer -> row.median() / peer.median())
        .findFirst();
  }

  void print(PrintStream out) {
    String format = "%-16s %-20s %-16s %8s %9s %9s %9s %7s%n";
    out.printf(
        format, "benchmark", "engine", "parameters", "samples", "best", "median", "p90", "ratio");
    for (Row row : rows) {
      out.printf(
          format,
          row.benchmark(),
          row.engine(),
          row.parameters(),
          row.samples(),
          "%.2f".formatted(row.best()),
          "%.2f".formatted(row.median()),
          "%.2f".formatted(row.p90()),
          ratio(row).map("%.3f"::formatted).orElse(""));
    }
  }
}
