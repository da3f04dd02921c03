package io.unmask.training.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An image of an evaluation that is shown in its report.
 *
 * @param image the image
 * @param picture a small picture of it
 */
record Exhibit(ScoredImage image, BufferedImage picture) {

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
    return pictures(samples);
  }

  /** The mistakes that the detector was surest of, the surest first. */
  static List<Exhibit> mistakes(Evaluation evaluation) {
    double threshold = evaluation.threshold();
    return pictures(
        evaluation.images().stream()
            .filter(image -> image.mistaken(threshold))
            .sorted(Comparator.comparingDouble(image -> -image.error(threshold)))
            .limit(MISTAKES)
            .toList());
  }

  private static List<Exhibit> pictures(List<ScoredImage> images) {
    return images.stream().map(image -> new Exhibit(image, Thumbnail.of(image.file()))).toList();
  }
}
