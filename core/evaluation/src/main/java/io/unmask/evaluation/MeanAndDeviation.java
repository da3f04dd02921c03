package io.unmask.evaluation;

import java.util.Collection;
import java.util.Locale;

/**
 * Mean and standard deviation of a metric over folds.
 *
 * @param mean the mean
 * @param deviation the standard deviation of the values as a population: the divisor is n and not n
 *     - 1, as numpy's default, which the reference's figures have
 */
public record MeanAndDeviation(double mean, double deviation) {

  /**
   * Of the values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static MeanAndDeviation of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: there are none");
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new MeanAndDeviation(mean, Math.sqrt(squares / values.size()));
  }

  /** With four decimals, such as {@code 0.7783 ± 0.0089}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean, deviation);
  }
}
