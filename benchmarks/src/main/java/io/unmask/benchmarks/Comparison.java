package io.unmask.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Medians side by side, and as ratios to the peers' under the same circumstances.
 *
 * @param rows one for each combination of parameters
 */
record Comparison(List<Row> rows) {

  private static final String FORMAT = "%-18s %-20s %-40s %7s %9s %9s %9s  %s%n";

  static Comparison of(Collection<Row> rows) {
    return new Comparison(
        rows.stream()
            .sorted(
                Comparator.comparing(Row::benchmark)
                    .thenComparing(Comparison::circumstances)
                    .thenComparing(Row::engine))
            .toList());
  }

  /**
   * The median as a share of the peers', by the peers' names, where they were measured under the
   * same circumstances. Images that are decoded and classified are compared with ONNX Runtime's
   * inference alone, five models with one as well ({@code one-model}).
   */
  Map<String, Double> ratios(Row row) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    String benchmark = row.benchmark();
    if (benchmark.startsWith(Row.PREPROCESS)) {
      add(ratios, Preprocessing.PEER, row, benchmark, Preprocessing.PEER);
    } else if (benchmark.equals(Row.CLASSIFY)) {
      add(ratios, Engine.PEER, row, Row.INFERENCE, Engine.PEER);
      add(ratios, KerasScript.ENGINE, row, benchmark, KerasScript.ENGINE);
    } else if (benchmark.equals(Row.FIRST_VERDICT)) {
      add(ratios, KerasScript.ENGINE, row, benchmark, KerasScript.ENGINE);
    } else {
      add(ratios, Engine.PEER, row, benchmark, Engine.PEER);
      if (benchmark.startsWith(Row.ENSEMBLE)) {
        add(ratios, "one-model", row, Row.INFERENCE, row.engine());
      }
    }
    return ratios;
  }

  private void add(
      Map<String, Double> ratios, String name, Row row, String benchmark, String engine) {
    rows.stream()
        .filter(other -> row.isPeer(other, benchmark, engine))
        .findFirst()
        .ifPresent(peer -> ratios.put(name, row.timing().median() / peer.timing().median()));
  }

  void print(PrintStream out) {
    out.printf(
        FORMAT,
        "benchmark",
        "engine",
        "parameters",
        "samples",
        "best ms",
        "median ms",
        "p90 ms",
        "median as a share of");
    for (Row row : rows) {
      out.printf(
          FORMAT,
          row.benchmark(),
          row.engine(),
          circumstances(row),
          row.timing().samples(),
          "%.2f".formatted(row.timing().best()),
          "%.2f".formatted(row.timing().median()),
          "%.2f".formatted(row.timing().p90()),
          ratios(row).entrySet().stream()
              .map(ratio -> "%s %.3f".formatted(ratio.getKey(), ratio.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }

  private static String circumstances(Row row) {
    return new TreeMap<>(row.parameters())
        .entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
