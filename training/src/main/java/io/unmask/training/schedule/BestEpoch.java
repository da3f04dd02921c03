package io.unmask.training.schedule;

import java.util.List;
import java.util.OptionalInt;

/** Which epoch was the best, as Keras's {@code ModelCheckpoint(save_best_only=True)} has it. */
public final class BestEpoch {

  private BestEpoch() {}

  /**
   * The index of the first epoch of the smallest validation loss.
   *
   * @param losses the validation loss of each epoch so far
   * @return empty if there is none that is a number
   */
  public static OptionalInt of(List<Double> losses) {
    int best = -1;
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      if (losses.get(epoch) < (best < 0 ? Double.POSITIVE_INFINITY : losses.get(best))) {
        best = epoch;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
