package io.unmask.training.run;

import io.unmask.network.Weights;
import io.unmask.spi.OptimizerState;
import io.unmask.training.report.History;
import java.util.List;
import java.util.Optional;

/**
 * Where a phase stands after a whole epoch.
 *
 * @param epochs all epochs of the phase so far
 * @param point what the next epoch goes on from; empty once the phase is done
 */
record PhaseState(List<History.Epoch> epochs, Optional<Point> point) {

  /**
   * What an epoch goes on from.
   *
   * @param weights of the network in training, in the order of its nodes
   * @param optimizer the optimizer's state
   */
  record Point(List<Weights> weights, OptimizerState optimizer) {}

  PhaseState {
    epochs = List.copyOf(epochs);
  }

  /** The validation losses of epochs. */
  static List<Double> losses(List<History.Epoch> epochs) {
    return epochs.stream().map(History.Epoch::validationLoss).toList();
  }
}
