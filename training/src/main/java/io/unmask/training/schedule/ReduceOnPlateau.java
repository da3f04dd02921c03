package io.unmask.training.schedule;

import java.util.List;

/**
 * Lowers the learning rate when the validation loss does not fall, as Keras's {@code
 * ReduceLROnPlateau} with its defaults {@code min_delta} 1e-4 and {@code cooldown} 0.
 *
 * @param factor what the rate is multiplied by, in (0, 1)
 * @param patience after how many epochs without a loss smaller by more than 1e-4, at least 1
 * @param lowest the rate that it does not fall below
 */
public record ReduceOnPlateau(double factor, int patience, double lowest) {

  private static final double MIN_DELTA = 1e-4;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ReduceOnPlateau {
    if (!(factor > 0 && factor < 1) || patience < 1 || !(lowest >= 0)) {
      throw new IllegalArgumentException(
          "factor %s, patience %d, lowest rate %s are out of range"
              .formatted(factor, patience, lowest));
    }
  }

  /**
   * The rate for the next epoch.
   *
   * @param first the rate of the first epoch
   * @param losses the validation loss of each epoch so far
   */
  public double rateAfter(double first, List<Double> losses) {
    double rate = first;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double loss : losses) {
      if (loss < best - MIN_DELTA) {
        best = loss;
        waited = 0;
      } else if (++waited >= patience && rate > lowest) {
        rate = Math.max(rate * factor, lowest);
        waited = 0;
      }
    }
    return rate;
  }

  @Override
  public String toString() {
    return "times %s on a plateau of %d, not below %s".formatted(factor, patience, lowest);
  }
}
