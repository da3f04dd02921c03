package io.unmask.training.run;

import io.unmask.spi.BatchResult;

/** Collects the means over images of what batches say. Not thread-safe. */
final class RunningMean {

  private double loss;
  private long correct;
  private long count;

  void add(BatchResult result) {
    loss += result.loss() * result.count();
    correct += result.correct();
    count += result.count();
  }

  /** The means so far. */
  Means means() {
    return new Means(loss / count, (double) correct / count);
  }
}
