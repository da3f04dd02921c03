package io.unmask.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Everything that can be said about a set of predictions at one threshold. Immutable.
 *
 * @param predictions the predictions, at least one
 * @param threshold the verdict is fake above it
 */
public record Metrics(Predictions predictions, double threshold) {

  /** The number of bins of {@link #calibration}. */
  public static final int CALIBRATION_BINS = 10;

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if there are no predictions or the threshold is not in [0, 1]
   */
  public Metrics {
    if (predictions.size() == 0) {
      throw new IllegalArgumentException("predictions: there are none");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold: " + threshold + " is not in [0, 1]");
    }
  }

  /** How often which class was taken for which. */
  public ConfusionMatrix matrix() {
    return ConfusionMatrix.of(predictions, threshold);
  }

  /** Precision, recall and F1 of both classes. */
  public ClassificationReport report() {
    return ClassificationReport.of(matrix());
  }

  /**
   * The ROC curve.
   *
   * @throws IllegalStateException if a class is missing
   */
  public RocCurve roc() {
    return RocCurve.of(predictions);
  }

  /** The calibration curve over ten bins. */
  public CalibrationCurve calibration() {
    return CalibrationCurve.of(predictions, CALIBRATION_BINS);
  }

  /** One figure; empty if it needs both classes and one is missing. */
  public OptionalDouble get(Metric metric) {
    return metric.needsBothClasses() && !predictions.hasBothClasses()
        ? OptionalDouble.empty()
        : OptionalDouble.of(metric.of(this));
  }

  /**
   * Mean and deviation of one figure over folds, of those folds that have it.
   *
   * @throws IllegalArgumentException if no fold has it
   */
  public static MeanAndDeviation over(List<Metrics> folds, Metric metric) {
    List<Double> values = new ArrayList<>();
    for (Metrics fold : folds) {
      fold.get(metric).ifPresent(values::add);
    }
    return MeanAndDeviation.of(values);
  }
}
