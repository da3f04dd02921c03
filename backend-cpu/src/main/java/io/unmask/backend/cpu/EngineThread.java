package io.unmask.backend.cpu;

import io.unmask.concurrent.Futures;
import io.unmask.error.BackendException;
import io.unmask.error.DetectorException;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.ThreadLimit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A thread on which oneDNN is called, with a given number of OpenMP workers.
 *
 * <p>OpenMP keeps that number, and a team of workers, for every thread that ever called it. Calls
 * made on the caller's threads would leave a team behind for each; and a primitive divides its work
 * by the number that holds on the thread where it is made, so that making and running both belong
 * here.
 */
final class EngineThread implements AutoCloseable {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final int workers;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "unmask-cpu-" + COUNTER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /**
   * How many workers can be had, at most as many as are wanted and at least one. The thread runtime
   * ends the process if it cannot start one that it was told to use.
   */
  static int workers(int wanted) {
    return ThreadLimit.room(wanted - 1) + 1;
  }

  /**
   * Starts a thread for which the given number of workers does its work, itself included.
   *
   * @throws BackendException if they cannot be started
   */
  EngineThread(int workers) {
    this.workers = workers;
    try {
      ThreadLimit.require(workers);
      call(
          "Backend 'cpu' cannot set the number of threads",
          () -> {
            OpenMp.setThreads(workers);
            if (workers > 1) {
              OpenMp.startWorkers();
            }
            return true;
          });
    } catch (BackendException | OutOfMemoryError e) {
      executor.shutdown();
      throw EngineFailure.of("Backend 'cpu' cannot start a thread", e);
    }
  }

  /**
   * Runs a task on the thread and waits for it, also when interrupted, since native memory is in
   * use until it ends.
   *
   * @param what what fails if the task does, for the message
   * @throws DetectorException the task's own, or one with the reason if it fails otherwise
   */
  <T> T call(String what, Supplier<T> task) {
    try {
      return Futures.getUninterruptibly(executor.submit(task::get));
    } catch (RuntimeException | Error e) {
      throw EngineFailure.of(what, e);
    }
  }

  /** How many threads work, this one included. */
  int workers() {
    return workers;
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
