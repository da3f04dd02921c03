package io.unmask.ensemble;

import io.unmask.spi.FusionRule;
import java.util.List;

/**
 * The weighted mean of the members' probabilities,
 *
 * <pre>p = (w<sub>1</sub> p<sub>1</sub> + ... + w<sub>n</sub> p<sub>n</sub>)
 *   / (w<sub>1</sub> + ... + w<sub>n</sub>).</pre>
 *
 * @param weights one for each member, in the members' order, above 0; they need not sum to 1
 */
record WeightedMean(List<Double> weights) implements FusionRule {

  static final String NAME = "weighted-mean";

  WeightedMean {
    weights = List.copyOf(weights);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += weights.get(i) * probabilities[i];
      total += weights.get(i);
    }
    return Math.min(1, sum / total);
  }
}
