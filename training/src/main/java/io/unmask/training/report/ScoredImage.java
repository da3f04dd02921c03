package io.unmask.training.report;

import java.nio.file.Path;

/**
 * An image, the truth about it, and what was predicted.
 *
 * @param file the image file
 * @param fake whether it is fake in truth
 * @param probability of fake as predicted, in [0, 1]
 */
public record ScoredImage(Path file, boolean fake, double probability) {

  /**
   * How far the probability is on the wrong side of the threshold; negative if on the right one.
   */
  double error(double threshold) {
    return fake ? threshold - probability : probability - threshold;
  }

  /** Whether the verdict is wrong, where fake means a probability above the threshold. */
  boolean mistaken(double threshold) {
    return fake != probability > threshold;
  }
}
