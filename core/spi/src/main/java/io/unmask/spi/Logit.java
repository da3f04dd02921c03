package io.unmask.spi;

/** The logit, which is the logarithm of the odds. Probabilities are averaged on its scale. */
public final class Logit {

  /** About half of the difference between 1 and the largest 32-bit float below it. */
  public static final double EPSILON = 3e-8;

  private Logit() {}

  /**
   * The logit of a probability, ln p - ln(1 - p). The probability is first moved into [{@value
   * #EPSILON}, 1 - {@value #EPSILON}], so that a sigmoid that was rounded to 0 or 1 in 32 bits does
   * not decide alone.
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
