package io.unmask.ensemble;

import io.unmask.spi.FusionRule;
import io.unmask.spi.Logit;

/**
 * The mean of the members' logits, made a probability again: the normalised geometric mean,
 *
 * <pre>p = &sigma;((logit p<sub>1</sub> + ... + logit p<sub>n</sub>) / n),
 * logit p = ln p - ln(1 - p),  &sigma;(x) = 1 / (1 + exp(-x)).</pre>
 *
 * <p>A member that is all but certain counts for more than in the mean. A sigmoid that 32 bits
 * round to 0 or 1 does not decide alone: see {@link Logit#of}.
 */
record MeanLogit() implements FusionRule {

  static final String NAME = "mean-logit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double sum = 0;
    for (double probability : probabilities) {
      sum += Logit.of(probability);
    }
    return Logit.toProbability(sum / probabilities.length);
  }
}
