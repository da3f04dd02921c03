package io.unmask.training.report;

import io.unmask.training.data.FaceImage;
import java.nio.file.Path;

/**
 * An image, the truth about it, and what was predicted.
 *
 * @param file the image file
 * @param fake whether it is fake in truth
 * @param source where it comes from, as the data set has it
 * @param probability of fake as predicted, in [0, 1]
 */
public record ScoredImage(Path file, boolean fake, String source, double probability) {

  /** An image of a data set with what was predicted of it. */
  public static ScoredImage of(FaceImage image, double probability) {
    return new ScoredImage(image.file(), image.fake(), image.source(), probability);
  }

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
