package io.unmask.cli;

import io.unmask.DetectorInfo;
import java.util.Locale;

/** How results are printed. */
enum Format {
  TEXT {
    @Override
    Report report(Console console, DetectorInfo info) {
      return new TextReport(console);
    }
  },
  JSON {
    @Override
    Report report(Console console, DetectorInfo info) {
      return new JsonReport(console.out(), info);
    }
  },
  CSV {
    @Override
    Report report(Console console, DetectorInfo info) {
      return new CsvReport(console.out(), info);
    }
  };

  abstract Report report(Console console, DetectorInfo info);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
