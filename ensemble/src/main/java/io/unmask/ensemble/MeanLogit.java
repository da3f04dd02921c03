package io.unmask.ensemble;

import io.unmask.spi.FusionRule;

/**
 * The mean of the members' logits, made a probability again: the normalised geometric mean,
 *
 * <pre>p = &sigma;((logit p<sub>1</sub> + ... + logit p<sub>n</sub>) / n),
 * logit p = ln p - ln(1 - p),  &sigma;(x) = 1 / (1 + e<sup>-x</sup>).</pre>
 *
 * <p>A member that is all but certain counts for more than in the mean. Probabilities are first
 * moved into [{@value #EPSILON}, 1 - {@value #EPSILON}], so that a sigmoid that 32 bits round to 0
 * or 1 does not decide alone.
 */
record MeanLogit() implements FusionRule {

  /** About half of what a 32-bit float just below 1 lacks to it. */
  static final double EPSILON = 3e-8;

  static final String NAME = "mean-logit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double sum = 0;
    for (double probability : probabilities) {
      double p = Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
      sum += Math.log(p) - Math.log1p(-p);
    }
    return 1 / (1 + Math.exp(-sum / probabilities.length));
  }
}
