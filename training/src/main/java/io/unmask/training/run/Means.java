package io.unmask.training.run;

import java.util.List;

/**
 * How good a network is on some images.
 *
 * @param loss the mean loss
 * @param accuracy the share of right verdicts, in [0, 1]
 */
record Means(double loss, double accuracy) {

  /** The mean of means, each of which weighs the same. */
  static Means of(List<Means> means) {
    return new Means(
        means.stream().mapToDouble(Means::loss).average().orElseThrow(),
        means.stream().mapToDouble(Means::accuracy).average().orElseThrow());
  }
}
