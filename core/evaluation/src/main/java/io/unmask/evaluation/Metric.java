package io.unmask.evaluation;

import java.util.Locale;

/** The single figures by which detectors are compared. */
public enum Metric {
  /** The share of right verdicts. */
  ACCURACY("Accuracy"),
  /** The share of the verdicts <em>fake</em> that are right. */
  PRECISION("Precision"),
  /** The share of the fake images that are recognised. */
  RECALL("Recall"),
  /** The harmonic mean of precision and recall. */
  F1("F1"),
  /** The mean of the recalls of both classes. */
  BALANCED_ACCURACY("Balanced accuracy"),
  /** The area under the ROC curve. */
  AUC("AUC"),
  /**
   * The area under the precision-recall curve, as scikit-learn's {@code average_precision_score}.
   */
  AVERAGE_PRECISION("Average precision"),
  /** The error rate at which both kinds of error are equally frequent. */
  EQUAL_ERROR_RATE("Equal error rate"),
  /** The mean negative logarithm of the probability of the truth. */
  LOG_LOSS("Log loss"),
  /** The mean squared difference between probability and truth. */
  BRIER_SCORE("Brier score"),
  /** How far probabilities are from the shares they stand for, over ten bins. */
  CALIBRATION_ERROR("Calibration error");

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** What programs call it, in camel case, such as {@code logLoss}. */
  public String key() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return key.toString();
  }

  /** Whether it needs images of both classes. */
  public boolean needsBothClasses() {
    return this == AUC || this == AVERAGE_PRECISION || this == EQUAL_ERROR_RATE;
  }

  double of(Metrics metrics) {
    return switch (this) {
      case ACCURACY -> metrics.matrix().accuracy();
      case PRECISION -> metrics.matrix().fakeScores().precision();
      case RECALL -> metrics.matrix().fakeScores().recall();
      case F1 -> metrics.matrix().fakeScores().f1();
      case BALANCED_ACCURACY -> metrics.matrix().balancedAccuracy();
      case AUC -> metrics.roc().auc();
      case AVERAGE_PRECISION -> AveragePrecision.of(metrics.predictions());
      case EQUAL_ERROR_RATE -> metrics.roc().equalErrorRate();
      case LOG_LOSS -> metrics.predictions().logLoss();
      case BRIER_SCORE -> metrics.predictions().brierScore();
      case CALIBRATION_ERROR -> metrics.calibration().expectedCalibrationError();
    };
  }
}
