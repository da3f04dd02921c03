package io.unmask.network.attribution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A weighted sum of a value's elements. Takes its arrays over and never changes them. */
final class WeightedSum {

  private final double[] weights;
  private final double @Nullable [] usual;

  /**
   * With what is known of other images.
   *
   * @param usual what each weighted element is on average, or null if that is not known. Only what
   *     these add up to is meant to be true
   */
  WeightedSum(double[] weights, double @Nullable [] usual) {
    this.weights = weights;
    this.usual = usual;
  }

  WeightedSum(double[] weights) {
    this(weights, null);
  }

  double[] weights() {
    return weights;
  }

  double @Nullable [] usual() {
    return usual;
  }

  /** What the sum is on average, or 0 if that is not known. */
  double usualSum() {
    return usual == null ? 0 : Arrays.stream(usual).sum();
  }

  /** The sum of some elements. */
  WeightedSum part(int start, int length) {
    return new WeightedSum(
        Arrays.copyOfRange(weights, start, start + length),
        usual == null ? null : Arrays.copyOfRange(usual, start, start + length));
  }

  /** This and another sum of the same elements together. */
  WeightedSum plus(WeightedSum other) {
    double @Nullable [] known = usual;
    double @Nullable [] added = other.usual;
    if (known != null && added != null) {
      known = sum(known, added);
    } else if (known == null) {
      known = added;
    }
    return new WeightedSum(sum(weights, other.weights), known);
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
