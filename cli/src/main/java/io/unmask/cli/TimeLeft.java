package io.unmask.cli;

import io.unmask.training.data.Fold;
import io.unmask.training.run.TrainingListener.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a training still takes: all epochs of all phases and folds to come, each as long as the
 * epochs of its phase took so far, or of the phase under way where it has not come yet. Phases that
 * stop early make it less.
 */
final class TimeLeft {

  private record Spent(long nanos, int epochs) {
    Spent plus(long more) {
      return new Spent(nanos + more, epochs + 1);
    }

    double mean() {
      return (double) nanos / epochs;
    }
  }

  private final List<Integer> epochs;
  private final int folds;
  private final boolean refit;
  private final Map<Integer, Spent> spent = new HashMap<>();

  /**
   * Of a training that begins.
   *
   * @param epochs how many each phase has at most
   * @param folds how many folds there are
   * @param refit whether a model of all images comes behind them
   */
  TimeLeft(List<Integer> epochs, int folds, boolean refit) {
    this.epochs = List.copyOf(epochs);
    this.folds = folds;
    this.refit = refit;
  }

  /** Of nothing that is known beforehand. */
  static TimeLeft unknown() {
    return new TimeLeft(List.of(), 0, false);
  }

  /** Takes note of an epoch that took so long. */
  void took(Position position, long nanos) {
    spent.merge(position.phase(), new Spent(nanos, 1), (before, one) -> before.plus(nanos));
  }

  /** What is left behind an epoch that was noted, in words; nothing behind the last one. */
  Optional<String> behind(Position position) {
    double nanos = (position.of() - position.number()) * mean(position, position.phase());
    for (int phase = position.phase() + 1; phase <= epochs.size(); phase++) {
      nanos += epochs.get(phase - 1) * mean(position, phase);
    }
    int more = position.fold() == Fold.NONE ? 0 : folds - position.fold() + (refit ? 1 : 0);
    for (int phase = 1; phase <= epochs.size(); phase++) {
      nanos += (double) more * epochs.get(phase - 1) * mean(position, phase);
    }
    long seconds = Math.round(nanos / 1e9);
    return nanos > 0 ? Optional.of(words(seconds)) : Optional.empty();
  }

  private double mean(Position position, int phase) {
    Spent known = spent.getOrDefault(phase, spent.get(position.phase()));
    return known == null ? 0 : known.mean();
  }

  private static String words(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
