package io.unmask.ensemble;

import io.unmask.error.InterruptionException;
import io.unmask.spi.ThreadLimit;
import java.util.List;

/** Work that may be done side by side, and is done one by one where no thread can be started. */
final class Threads {

  private Threads() {}

  /**
   * Runs tasks, which may be run more than once, and returns when each was run to its end. If a
   * thread gives up because it was interrupted, and that is not the caller's, they are run again.
   */
  static void sideBySide(List<? extends Runnable> tasks) {
    try {
      tasks.parallelStream().forEach(Runnable::run);
    } catch (OutOfMemoryError e) {
      if (!ThreadLimit.isBehind(e)) {
        throw e; // a task has no memory
      }
      // The pool could not start a thread, and says so to whoever asked for one.
      tasks.forEach(Runnable::run);
    } catch (InterruptionException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      tasks.forEach(Runnable::run);
    }
  }
}
