package io.unmask.spi;

/** The logarithm of the odds, on whose scale probabilities are averaged. */
public final class Logit {

  /** About half of what a 32-bit float just below 1 lacks to it. */
  public static final double EPSILON = 3e-8;

  private Logit() {}

  /**
   * The logit of a probability, ln p - ln(1 - p). The probability is first moved into [{@value
   * #EPSILON}, 1 - {@value #EPSILON}], so that a sigmoid that 32 bits round to 0 or 1 does not
   * decide alone.
   *
   * @param probability in [0, 1]
   */
  public static double of(double probability) {
    double p = Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
    return Math.log(p) - Math.log1p(-p);
  }

  /** The probability of a logit, 1 / (1 + exp(-x)). */
  public static double toProbability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
