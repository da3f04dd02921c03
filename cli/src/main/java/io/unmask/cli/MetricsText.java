package io.unmask.cli;

import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Metrics for people, on a terminal. */
final class MetricsText {

  private MetricsText() {}

  /** The classification report, and a line a metric. */
  static void print(Metrics metrics, PrintWriter out) {
    out.print(metrics.report().format("Real", "Fake", 4));
    out.println();
    for (Metric metric : Metric.values()) {
      OptionalDouble value = metrics.get(metric);
      if (value.isPresent()) {
        line(out, metric, "%.4f", value.getAsDouble());
      }
    }
  }

  /** A metric and what there is to say of it. */
  static void line(PrintWriter out, Metric metric, String format, Object... values) {
    out.println(
        String.format(Locale.ROOT, "%-18s ", metric.title())
            + String.format(Locale.ROOT, format, values));
  }
}
