package io.unmask.ensemble;

import io.unmask.spi.FusionRule;

/**
 * The greatest of the members' probabilities,
 *
 * <pre>p = max(p<sub>1</sub>, ..., p<sub>n</sub>).</pre>
 *
 * <p>An image is fake if any member says so: fewer fakes are missed, and more photographs are taken
 * for fakes.
 */
record Maximum() implements FusionRule {

  static final String NAME = "max";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double greatest = 0;
    for (double probability : probabilities) {
      greatest = Math.max(greatest, probability);
    }
    return greatest;
  }
}
