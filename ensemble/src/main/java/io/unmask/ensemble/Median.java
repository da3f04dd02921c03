package io.unmask.ensemble;

import io.unmask.spi.FusionRule;
import java.util.Arrays;

/**
 * The median of the members' probabilities: the middle one in order of size, or for an even number
 * the mean of the two in the middle,
 *
 * <pre>p = (p<sub>((n+1)/2)</sub> + p<sub>((n+2)/2)</sub>) / 2  with p<sub>(1)</sub> &le; ... &le;
 * p<sub>(n)</sub> and the indices rounded down.</pre>
 *
 * <p>One member that errs does not move it far.
 */
record Median() implements FusionRule {

  static final String NAME = "median";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
