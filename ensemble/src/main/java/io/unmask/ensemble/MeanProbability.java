package io.unmask.ensemble;

import io.unmask.spi.FusionRule;

/**
 * The arithmetic mean of the members' probabilities,
 *
 * <pre>p = (p<sub>1</sub> + ... + p<sub>n</sub>) / n,</pre>
 *
 * <p>which is what is done if nothing else is asked for.
 */
record MeanProbability() implements FusionRule {

  static final String NAME = "mean";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double sum = 0;
    for (double probability : probabilities) {
      sum += probability;
    }
    return sum / probabilities.length;
  }
}
