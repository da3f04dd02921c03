package io.unmask.ensemble;

import io.unmask.spi.FusionRule;

/**
 * The probability that at least one member is right in calling the image fake, if they erred
 * independently of each other,
 *
 * <pre>p = 1 - (1 - p<sub>1</sub>) &middot; ... &middot; (1 - p<sub>n</sub>).</pre>
 *
 * <p>It is never below the greatest of them, and grows with every member: use a higher threshold.
 */
record NoisyOr() implements FusionRule {

  static final String NAME = "noisy-or";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double real = 1;
    for (double probability : probabilities) {
      real *= 1 - probability;
    }
    return 1 - real;
  }
}
