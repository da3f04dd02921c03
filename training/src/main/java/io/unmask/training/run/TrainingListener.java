package io.unmask.training.run;

import io.unmask.training.report.History;

/** Told how a training goes. Called on one thread at a time. */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * An epoch.
   *
   * @param fold the number of the fold, from 1; 0 for all images
   * @param phase the number of the phase, from 1
   * @param number of the epoch in its phase, from 1
   * @param of how many epochs the phase has at most
   */
  record Position(int fold, int phase, int number, int of) {}

  /** Work of so many steps begins, such as {@code reading images}. */
  default void begins(String work, int steps) {}

  /** One step of that work, or of the epoch under way, is done. */
  default void step() {}

  /** That work is done. */
  default void ends() {}

  /** An epoch of so many steps begins. */
  default void epochBegins(Position position, int steps) {}

  /** The mean loss and the accuracy of the epoch under way so far; comes before each step. */
  default void progress(double loss, double accuracy) {}

  /**
   * An epoch is done and kept.
   *
   * @param best whether its model is the best of its phase so far
   */
  default void epochEnds(Position position, History.Epoch epoch, boolean best) {}

  /** Something worth knowing, in a sentence. */
  default void notes(String message) {}
}
