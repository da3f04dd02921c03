package io.unmask.training.run;

import io.unmask.concurrent.Futures;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;

/** Waiting for the threads of a training, which an interruption ends. */
final class Interruptible {

  private Interruptible() {}

  /**
   * Waits for a result.
   *
   * @throws CancellationException if the caller is interrupted, which it still is afterwards
   * @throws RuntimeException what the work throws, likewise errors
   */
  static <T> T get(Future<T> future) {
    try {
      return Futures.get(future);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the training was interrupted");
    }
  }
}
