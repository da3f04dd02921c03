package io.unmask.evaluation;

import java.util.List;

/**
 * What a detector finds when it may take only so many real images for fake. Immutable.
 *
 * @param limit the greatest share of the real images that may be taken for fake, in [0, 1]
 * @param threshold an image is fake if its probability is above this, in [0, 1]
 * @param falseFakeRate the share of the real images that then really are, at most the limit
 * @param recall the share of the fake images that are found
 */
public record OperatingPoint(double limit, double threshold, double falseFakeRate, double recall) {

  /**
   * Where most fakes are found within the limit. The threshold lies in the middle between the
   * lowest probability that is still fake and the next lower one, or at the highest if nothing may
   * be fake.
   *
   * @param limit in [0, 1]
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if a class is missing
   */
  public static OperatingPoint at(double limit, Predictions predictions) {
    if (!(limit >= 0 && limit <= 1)) {
      throw new IllegalArgumentException("a rate of false positives lies in [0, 1], not " + limit);
    }
    predictions.requireBothClasses();
    List<CumulativeCounts> all = CumulativeCounts.of(predictions);
    int taken = 0;
    while (taken < all.size() && all.get(taken).real() <= limit * predictions.realCount()) {
      taken++;
    }
    if (taken == 0) {
      return new OperatingPoint(limit, all.get(0).probability(), 0, 0);
    }
    CumulativeCounts lowest = all.get(taken - 1);
    double next = taken < all.size() ? all.get(taken).probability() : 0;
    double middle = (lowest.probability() + next) / 2;
    return new OperatingPoint(
        limit,
        middle < lowest.probability() ? middle : next,
        (double) lowest.real() / predictions.realCount(),
        (double) lowest.fake() / predictions.fakeCount());
  }
}
