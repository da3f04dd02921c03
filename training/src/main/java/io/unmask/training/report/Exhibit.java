package io.unmask.training.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An image of an evaluation that is shown in its report.
 *
 * @param image the image
 * @param picture a small picture of it
 * @param map a picture of what led to the verdict, if there is one
 */
record Exhibit(ScoredImage image, BufferedImage picture, Optional<BufferedImage> map) {

  private static final int SAMPLES = 12;
  private static final int MISTAKES = 12;

  /** Images of both classes, from all over the data set. */
  static List<Exhibit> samples(Evaluation evaluation) {
    List<ScoredImage> samples = new ArrayList<>();
    for (boolean fake : new boolean[] {false, true}) {
      List<ScoredImage> ofClass =
          evaluation.images().stream().filter(image -> image.fake() == fake).toList();
      int count = Math.min(SAMPLES / 2, ofClass.size());
      for (int i = 0; i < count; i++) {
        samples.add(ofClass.get((int) ((long) i * ofClass.size() / count)));
      }
    }
    return pictures(samples, file -> Optional.empty());
  }

  /**
   * The mistakes that the detector was surest of, the surest first.
   *
   * @param maps pictures of what led to the verdicts
   */
  static List<Exhibit> mistakes(
      Evaluation evaluation, Function<Path, Optional<BufferedImage>> maps) {
    double threshold = evaluation.threshold();
    return pictures(
        evaluation.images().stream()
            .filter(image -> image.mistaken(threshold))
            .sorted(Comparator.comparingDouble(image -> -image.error(threshold)))
            .limit(MISTAKES)
            .toList(),
        maps);
  }

  private static List<Exhibit> pictures(
      List<ScoredImage> images, Function<Path, Optional<BufferedImage>> maps) {
    return images.stream()
        .map(image -> new Exhibit(image, Thumbnail.of(image.file()), maps.apply(image.file())))
        .toList();
  }
}
