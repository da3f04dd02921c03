package io.unmask.backend.cpu;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting that an interruption does not end, for who must not go on before. */
final class Uninterrupted {

  private Uninterrupted() {}

  /** Waits until a thread has ended; likewise. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The result, once it is there; a thread that was interrupted meanwhile is so afterwards. */
  static <T> T get(Future<T> future) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
