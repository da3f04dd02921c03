package io.unmask.evaluation;

/** The area under the precision-recall curve, as a sum of steps. */
final class AveragePrecision {

  private AveragePrecision() {}

  /** The precision at each threshold, weighted with how much the recall grows there. */
  static double of(Predictions predictions) {
    predictions.requireBothClasses();
    double sum = 0;
    int before = 0;
    for (CumulativeCounts counts : CumulativeCounts.of(predictions)) {
      double precision = (double) counts.fake() / (counts.real() + counts.fake());
      sum += precision * (counts.fake() - before);
      before = counts.fake();
    }
    return sum / predictions.fakeCount();
  }
}
