package io.unmask.training.report;

import java.util.List;
import java.util.regex.Pattern;

/** Tables as comma-separated values, as RFC 4180 says. */
final class Csv {

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  private Csv() {}

  /** {@code predictions.csv}: a line an image. */
  static String predictions(Evaluation evaluation) {
    StringBuilder csv = new StringBuilder("part,file,truth,verdict,probability,source\r\n");
    for (Part part : evaluation.parts()) {
      for (ScoredImage image : part.images()) {
        csv.append(quoted(part.name())).append(',');
        csv.append(quoted(image.file().toString())).append(',');
        csv.append(label(image.fake())).append(',');
        csv.append(label(image.probability() > evaluation.threshold())).append(',');
        csv.append(image.probability()).append(',');
        csv.append(quoted(image.source())).append("\r\n");
      }
    }
    return csv.toString();
  }

  /** {@code history.csv}: a line an epoch. */
  static String history(Evaluation evaluation) {
    StringBuilder csv =
        new StringBuilder("part,epoch,phase,loss,accuracy,val_loss,val_accuracy,learning_rate\r\n");
    for (Part part : evaluation.parts()) {
      for (History.Epoch epoch : part.history().map(History::epochs).orElse(List.of())) {
        csv.append(quoted(part.name())).append(',').append(epoch.number());
        csv.append(',').append(epoch.phase()).append(',').append(epoch.loss());
        csv.append(',').append(epoch.accuracy()).append(',').append(epoch.validationLoss());
        csv.append(',').append(epoch.validationAccuracy()).append(',');
        csv.append(epoch.learningRate()).append("\r\n");
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
