package io.unmask.spi;

/**
 * A function that turns the fused probability into a calibrated one, which means what it says: of
 * the images that get 0.8, eight in ten are fake. It is fitted on images that the models did not
 * learn from. For the fused probability {@code p} it is
 *
 * <pre>&sigma;(scale &middot; logit p + offset),
 * logit p = ln p - ln(1 - p),  &sigma;(x) = 1 / (1 + exp(-x)),</pre>
 *
 * <p>as Platt proposed (Probabilistic Outputs for Support Vector Machines, 1999); with the offset 0
 * it is temperature scaling by 1 / scale. It never changes the order of two images. Immutable.
 *
 * @param scale finite and above 0
 * @param offset finite
 */
public record Calibration(double scale, double offset) {

  /** Leaves every probability as it is, bit for bit. */
  public static final Calibration NONE = new Calibration(1, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Calibration {
    if (!(scale > 0 && Double.isFinite(scale) && Double.isFinite(offset))) {
      throw new IllegalArgumentException(
          "a calibration has a finite scale above 0 and a finite offset, not %s and %s"
              .formatted(scale, offset));
    }
  }

  /**
   * Returns the calibrated probability, in [0, 1]; 0 and 1 stay what they are.
   *
   * @param probability in [0, 1]
   */
  public double apply(double probability) {
    if (scale == 1 && offset == 0) {
      return probability;
    }
    double logit = Math.log(probability) - Math.log1p(-probability);
    return 1 / (1 + Math.exp(-(scale * logit + offset)));
  }

  /** The formula, without the numbers that have no effect. */
  @Override
  public String toString() {
    String product = scale == 1 ? "logit p" : scale + " logit p";
    return offset == 0
        ? "sigmoid(%s)".formatted(product)
        : "sigmoid(%s %s %s)".formatted(product, offset < 0 ? "-" : "+", Math.abs(offset));
  }
}
