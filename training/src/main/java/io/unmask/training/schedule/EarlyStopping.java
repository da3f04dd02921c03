package io.unmask.training.schedule;

import java.util.List;

/**
 * Ends a training that does not improve any more, as Keras's {@code EarlyStopping} that monitors
 * {@code val_loss} with {@code min_delta} 0.
 *
 * @param patience after how many epochs without a smaller loss than before, at least 1
 */
public record EarlyStopping(int patience) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the patience is less than 1
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("a patience is at least 1, not " + patience);
    }
  }

  /**
   * Whether the last of these epochs was the last one.
   *
   * @param losses the validation loss of each epoch so far
   */
  public boolean stopsAfter(List<Double> losses) {
    return losses.size() > 1 && losses.size() - 1 - BestEpoch.of(losses).orElse(-1) >= patience;
  }

  @Override
  public String toString() {
    return "early stopping after " + patience;
  }
}
