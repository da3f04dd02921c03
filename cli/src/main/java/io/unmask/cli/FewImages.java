package io.unmask.cli;

import io.unmask.evaluation.Predictions;
import java.util.Optional;

/** Says when there are too few images for figures that mean anything. */
final class FewImages {

  /** Of a class. The AUC of 50 and 50 images has a standard deviation of some 0.05. */
  private static final int ENOUGH = 50;

  private FewImages() {}

  /** What there is to say, if anything. */
  static Optional<String> hint(Predictions predictions) {
    if (Math.min(predictions.realCount(), predictions.fakeCount()) >= ENOUGH) {
      return Optional.empty();
    }
    return Optional.of(
        "%d real and %d fake images are few: another such set may give quite other figures; take at least %d of each"
            .formatted(predictions.realCount(), predictions.fakeCount(), ENOUGH));
  }
}
