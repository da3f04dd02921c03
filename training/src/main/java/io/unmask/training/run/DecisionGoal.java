package io.unmask.training.run;

import io.unmask.training.report.Evaluation;
import io.unmask.training.report.Part;
import io.unmask.training.report.ScoredImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a calibration, a threshold and a band are to reach on images that were not learnt from.
 * Immutable.
 *
 * @param falsePositives the greatest share of the photographs that may be called fake, in [0, 1]
 * @param without cameras whose photographs do not count: of a collection that no user's photos are
 *     like, and that the model which is used has seen
 */
public record DecisionGoal(double falsePositives, Set<String> without) {

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if the share is out of range
   */
  public DecisionGoal {
    without = Set.copyOf(without);
    if (!(falsePositives >= 0 && falsePositives <= 1)) {
      throw new IllegalArgumentException(
          "a rate of false positives lies in [0, 1], not " + falsePositives);
    }
  }

  /** All cameras count. */
  public DecisionGoal(double falsePositives) {
    this(falsePositives, Set.of());
  }

  /**
   * The images that count.
   *
   * @throws IllegalArgumentException if there are no photographs of a camera that is not to count,
   *     or no others
   */
  List<Part> counted(Evaluation evaluation) {
    Set<String> cameras = new TreeSet<>();
    for (Part part : evaluation.parts()) {
      part.images().stream()
          .filter(image -> !image.fake())
          .forEach(image -> cameras.add(image.source()));
    }
    if (!cameras.containsAll(without) || without.size() >= cameras.size()) {
      throw new IllegalArgumentException(
          "the cameras that are not to count are some of %s, not %s"
              .formatted(cameras, new TreeSet<>(without)));
    }
    return evaluation.parts().stream().flatMap(part -> counted(part).stream()).toList();
  }

  private Optional<Part> counted(Part part) {
    List<ScoredImage> images =
        part.images().stream()
            .filter(image -> image.fake() || !without.contains(image.source()))
            .toList();
    return images.isEmpty()
        ? Optional.empty()
        : Optional.of(new Part(part.name(), images, part.history()));
  }

  @Override
  public String toString() {
    return "at most %s of the photographs called fake%s"
        .formatted(
            falsePositives,
            without.isEmpty() ? "" : ", without " + String.join(", ", new TreeSet<>(without)));
  }
}
