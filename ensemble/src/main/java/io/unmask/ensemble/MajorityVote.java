package io.unmask.ensemble;

import io.unmask.spi.FusionRule;

/**
 * The share of the members that vote for fake, each by whether its own probability is above 0.5,
 *
 * <pre>p = |{i : p<sub>i</sub> &gt; 0.5}| / n.</pre>
 *
 * <p>So the probability is one of 0, 1/n, ..., 1, and says how many agree, not how sure they are.
 * With the threshold 0.5 the simple majority decides, and a tie is real; a threshold of 0.6 asks
 * for more than three votes of five.
 */
record MajorityVote() implements FusionRule {

  /** The reference decides at this; the detector's threshold is for the share of votes. */
  private static final double VOTE = 0.5;

  static final String NAME = "majority-vote";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double fuse(double[] probabilities) {
    int votes = 0;
    for (double probability : probabilities) {
      if (probability > VOTE) {
        votes++;
      }
    }
    return (double) votes / probabilities.length;
  }
}
