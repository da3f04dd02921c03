package io.unmask.training.plan;

import io.unmask.training.schedule.EarlyStopping;
import io.unmask.training.schedule.LearningRate;
import io.unmask.training.schedule.ReduceOnPlateau;
import java.util.Optional;

/**
 * A part of a training with an optimizer of its own. Immutable.
 *
 * @param epochs at most so many, at least 1
 * @param rate the learning rate
 * @param plateau what lowers a constant rate, if anything does
 * @param stopping what ends the phase early, if anything does
 * @param trunk what becomes of the trunk
 * @param l2 what the squares of the head's hidden kernels are multiplied by in the loss
 * @param weightDecay the decoupled weight decay of kernels
 * @param labelSmoothing how much labels are moved to the middle, in [0, 1]
 * @param keepsLast whether the model is that of the last epoch, rather than that of the smallest
 *     validation loss; then what is said of the validation images did not choose it
 */
public record Phase(
    int epochs,
    LearningRate rate,
    Optional<ReduceOnPlateau> plateau,
    Optional<EarlyStopping> stopping,
    Trunk trunk,
    double l2,
    double weightDecay,
    double labelSmoothing,
    boolean keepsLast) {

  /** What becomes of the trunk of a network that has one. */
  public enum Trunk {
    /** Nothing: its features are computed once. */
    FROZEN,
    /** It is trained, but its batch normalisations keep their statistics, as at inference. */
    TRAINED,
    /** It is trained as everything else is. */
    TRAINED_WITH_STATISTICS
  }

  /**
   * Checks what fits together.
   *
   * @throws IllegalArgumentException if it does not, or there is no epoch
   */
  public Phase {
    if (epochs < 1) {
      throw new IllegalArgumentException("a phase has at least 1 epoch, not " + epochs);
    }
    if (!(l2 >= 0 && Double.isFinite(l2))) {
      throw new IllegalArgumentException("L2 is a factor of at least 0, not " + l2);
    }
    if (keepsLast && stopping.isPresent()) {
      throw new IllegalArgumentException(
          "a phase that keeps its last epoch does not stop early, which looks for the best");
    }
    if (!(rate instanceof LearningRate.Constant) && (plateau.isPresent() || stopping.isPresent())) {
      throw new IllegalArgumentException(
          "a learning rate that follows a curve runs to its end, without callbacks");
    }
  }

  /**
   * One without callbacks, regularisation or smoothing, whose model is that of the best epoch.
   *
   * @throws IllegalArgumentException if there is no epoch
   */
  public static Phase of(int epochs, LearningRate rate, Trunk trunk) {
    return new Phase(epochs, rate, Optional.empty(), Optional.empty(), trunk, 0, 0, 0, false);
  }

  /** The same with another number of epochs. */
  public Phase withEpochs(int number) {
    return new Phase(
        number, rate, plateau, stopping, trunk, l2, weightDecay, labelSmoothing, keepsLast);
  }

  /** The same with another learning rate, of the same course. */
  public Phase withRate(double highest) {
    LearningRate other;
    if (rate instanceof LearningRate.OneCycle) {
      other = new LearningRate.OneCycle(highest);
    } else if (rate instanceof LearningRate.Cosine) {
      other = new LearningRate.Cosine(highest);
    } else {
      other = new LearningRate.Constant(highest);
    }
    return new Phase(
        epochs, other, plateau, stopping, trunk, l2, weightDecay, labelSmoothing, keepsLast);
  }

  /** The same with another treatment of the trunk. */
  public Phase withTrunk(Trunk treatment) {
    return new Phase(
        epochs, rate, plateau, stopping, treatment, l2, weightDecay, labelSmoothing, keepsLast);
  }

  /** The same with another L2. */
  public Phase withL2(double factor) {
    return new Phase(
        epochs, rate, plateau, stopping, trunk, factor, weightDecay, labelSmoothing, keepsLast);
  }

  /** The same with the reference's callbacks, which watch the validation loss. */
  public Phase withCallbacks(ReduceOnPlateau lowers, EarlyStopping ends) {
    return new Phase(
        epochs,
        rate,
        Optional.of(lowers),
        Optional.of(ends),
        trunk,
        l2,
        weightDecay,
        labelSmoothing,
        keepsLast);
  }

  /** The same with another weight decay. */
  public Phase withWeightDecay(double decay) {
    return new Phase(epochs, rate, plateau, stopping, trunk, l2, decay, labelSmoothing, keepsLast);
  }

  /** The same with labels smoothed otherwise. */
  public Phase withLabelSmoothing(double smoothing) {
    return new Phase(epochs, rate, plateau, stopping, trunk, l2, weightDecay, smoothing, keepsLast);
  }

  /** The same, whose model is that of the last epoch. */
  public Phase keepingLast() {
    return new Phase(epochs, rate, plateau, stopping, trunk, l2, weightDecay, labelSmoothing, true);
  }
}
