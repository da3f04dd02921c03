package io.unmask.training.run;

import io.unmask.training.data.FaceImage;
import io.unmask.training.data.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The images that a fold validates with, and what they weigh. Immutable.
 *
 * @param classes for each class that weighs as much as the other, its sources, which weigh the same
 *     within it, as indices into the data set
 */
record Validation(List<List<int[]>> classes) {

  /** All images weigh the same, or, if sources do, then classes, and sources within a class. */
  static Validation of(Fold fold, TrainingSettings settings) {
    if (!settings.folds().balancesSources()) {
      return new Validation(List.of(List.of(fold.validation())));
    }
    List<FaceImage> images = settings.faces().images();
    return new Validation(
        List.of(
            Draws.bySource(fold.validation(), images, false),
            Draws.bySource(fold.validation(), images, true)));
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
