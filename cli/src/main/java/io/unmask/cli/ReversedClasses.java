package io.unmask.cli;

import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.Predictions;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says when a model seems to take real for fake: it does worse than one that guesses, by more than
 * chance and by so much that a poor model is not to blame.
 */
final class ReversedClasses {

  private static final double CLEARLY_LOW = 0.4;

  /** How many standard deviations of a guessing model's AUC are more than chance. */
  private static final double DEVIATIONS = 3;

  private ReversedClasses() {}

  /** What there is to say, if anything. */
  static Optional<String> hint(Metrics metrics) {
    OptionalDouble auc = metrics.get(Metric.AUC);
    Predictions predictions = metrics.predictions();
    double real = predictions.realCount();
    double fake = predictions.fakeCount();
    // Mann and Whitney, 1947.
    double deviation = Math.sqrt((real + fake + 1) / (12 * real * fake));
    if (auc.isEmpty()
        || auc.getAsDouble() > CLEARLY_LOW
        || auc.getAsDouble() > 0.5 - DEVIATIONS * deviation) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "an AUC of %.3f looks like reversed classes: if the model's first class means fake, say"
                + " --fake-class 0; or the folders are the other way round, see --real and --fake",
            auc.getAsDouble()));
  }
}
