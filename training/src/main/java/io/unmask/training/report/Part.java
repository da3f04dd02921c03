package io.unmask.training.report;

import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.Predictions;
import java.util.List;
import java.util.Optional;

/**
 * One fold of an evaluation, or the whole of one without folds. Immutable.
 *
 * @param name what to call it, such as {@code Fold 1}
 * @param images what was predicted, at least one
 * @param history how the training went, if it was trained
 */
public record Part(String name, List<ScoredImage> images, Optional<History> history) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Part {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(name + ": there are no images");
    }
  }

  Metrics metrics(double threshold) {
    Predictions.Accumulator all = new Predictions.Accumulator();
    images.forEach(image -> all.add(image.probability(), image.fake()));
    return new Metrics(all.snapshot(), threshold);
  }
}
