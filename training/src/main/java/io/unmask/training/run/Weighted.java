package io.unmask.training.run;

import io.unmask.training.data.FaceImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Some images of a data set, and what they weigh. Immutable.
 *
 * @param classes for each class that weighs as much as the other, its sources, which weigh the same
 *     within it, as indices into the data set
 */
record Weighted(List<List<int[]>> classes) {

  /** All images weigh the same, or, if sources do, then classes, and sources within a class. */
  static Weighted of(int[] images, TrainingSettings settings) {
    if (!settings.folds().balancesSources()) {
      return new Weighted(List.of(List.of(images)));
    }
    List<FaceImage> all = settings.faces().images();
    return new Weighted(
        List.of(Draws.bySource(images, all, false), Draws.bySource(images, all, true)));
  }

  /** How good a network is on them, from how good it is on some. */
  Means means(Function<int[], Means> ofImages) {
    List<Means> all = new ArrayList<>();
    for (List<int[]> sources : classes) {
      all.add(Means.of(sources.stream().map(ofImages).toList()));
    }
    return Means.of(all);
  }
}
