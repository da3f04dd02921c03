package io.unmask.cli;

import io.unmask.evaluation.SourceTable;
import java.io.PrintWriter;
import java.util.Locale;

/** How good a detector is by source, for people, on a terminal. */
final class SourceText {

  private static final int WIDTH = 24;

  private SourceText() {}

  /** The tables; nothing if no class has more than one source. */
  static void print(SourceTable sources, PrintWriter out) {
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
