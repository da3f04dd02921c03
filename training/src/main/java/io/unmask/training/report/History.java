package io.unmask.training.report;

import java.util.List;

/**
 * How a training went, epoch by epoch. Immutable.
 *
 * @param epochs in their order
 */
public record History(List<Epoch> epochs) {

  /**
   * One epoch.
   *
   * @param number counted from 1, through all phases
   * @param phase 1 or 2
   * @param loss on the training images
   * @param accuracy on the training images, in [0, 1]
   * @param validationLoss on the validation images
   * @param validationAccuracy on the validation images, in [0, 1]
   * @param learningRate that was in force
   */
  public record Epoch(
      int number,
      int phase,
      double loss,
      double accuracy,
      double validationLoss,
      double validationAccuracy,
      double learningRate) {}

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }
}
