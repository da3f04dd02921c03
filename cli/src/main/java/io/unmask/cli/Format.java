package io.unmask.cli;

import io.unmask.DetectorInfo;
import java.util.Locale;

/** How results are printed. */
enum Format {
  TEXT {
    @Override
    Report report(Console console, DetectorInfo info, boolean summary) {
      return new TextReport(console, summary);
    }
  },
  JSON {
    @Override
    Report report(Console console, DetectorInfo info, boolean summary) {
      return new JsonReport(console.out(), info, summary);
    }
  },
  CSV {
    @Override
    Report report(Console console, DetectorInfo info, boolean summary) {
      return new CsvReport(console.out(), info);
    }
  };

  /**
   * Prints in this format.
   *
   * @param summary whether each verdict is said in sentences too, if the format has them
   */
  abstract Report report(Console console, DetectorInfo info, boolean summary);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
