package io.unmask.training.report;

import java.util.regex.Pattern;

/** {@code predictions.csv}: a line an image, as RFC 4180 says. */
final class PredictionsCsv {

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  private PredictionsCsv() {}

  static String of(Evaluation evaluation) {
    StringBuilder csv = new StringBuilder("part,file,truth,verdict,probability\r\n");
    for (Part part : evaluation.parts()) {
      for (ScoredImage image : part.images()) {
        csv.append(quoted(part.name())).append(',');
        csv.append(quoted(image.file().toString())).append(',');
        csv.append(label(image.fake())).append(',');
        csv.append(label(image.probability() > evaluation.threshold())).append(',');
        csv.append(image.probability()).append("\r\n");
      }
    }
    return csv.toString();
  }

  private static String label(boolean fake) {
    return fake ? "FAKE" : "REAL";
  }

  private static String quoted(String field) {
    return SPECIAL.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
