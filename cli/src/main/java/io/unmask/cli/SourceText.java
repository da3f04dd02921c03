package io.unmask.cli;

import io.unmask.evaluation.RecallAtRate;
import io.unmask.evaluation.SourceTable;
import io.unmask.training.report.Evaluation;
import java.io.PrintWriter;
import java.util.Locale;

/** How good a detector is at few false positives and by source, for people, on a terminal. */
final class SourceText {

  private static final int WIDTH = 24;

  private SourceText() {}

  /** Recall at rates of false positives, and tables by source if a class has several. */
  static void print(Evaluation evaluation, PrintWriter out) {
    for (RecallAtRate each : RecallAtRate.all(evaluation.sourced())) {
      out.println(
          String.format(
              Locale.ROOT,
              "Recall at %3.1f %%    %.4f (%.4f to %.4f)",
              100 * each.limit(),
              each.recall(),
              each.low(),
              each.high()));
    }
    SourceTable sources = evaluation.sources();
    if (!sources.hasSeveral()) {
      return;
    }
    out.println();
    out.println(name("Generator, against") + " its own cameras         all cameras");
    out.println(name("") + " AUC     at 5 %  at 1 %   AUC     at 5 %  at 1 %");
    for (SourceTable.Generator each : sources.generators()) {
      out.println(name(each.name()) + figures(each.own()) + " " + figures(each.all()));
    }
    out.println(name("mean") + figures(sources.meanOwn()) + " " + figures(sources.meanAll()));
    out.println();
    out.println(name("Camera") + " taken for fake");
    for (SourceTable.Camera each : sources.cameras()) {
      out.println(name(each.name()) + String.format(Locale.ROOT, " %.4f", each.takenForFake()));
    }
    out.println();
  }

  private static String name(String name) {
    return String.format(Locale.ROOT, "%-" + WIDTH + "s", name);
  }

  private static String figures(SourceTable.Figures figures) {
    return String.format(
        Locale.ROOT, " %.4f  %.4f  %.4f ", figures.auc(), figures.recallAt5(), figures.recallAt1());
  }
}
