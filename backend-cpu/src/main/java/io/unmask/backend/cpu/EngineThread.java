package io.unmask.backend.cpu;

import io.unmask.error.BackendException;
import io.unmask.error.DetectorException;
import io.unmask.spi.EngineFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

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
    CountDownLatch counted = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    try {
      while (started.size() + 1 < wanted) {
        Thread worker = new Thread(() -> await(counted), "unmask-cpu-trial");
        worker.setDaemon(true);
        worker.start();
        started.add(worker);
      }
    } catch (OutOfMemoryError e) {
      // So many it is.
    } finally {
      counted.countDown();
    }
    started.forEach(Uninterrupted::join); // they end at once, and make room for the workers
    return started.size() + 1;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      // Nobody interrupts it, and there is nothing to do anyway.
    }
  }

  /**
   * Starts a thread for which the given number of workers does its work, itself included.
   *
   * @throws BackendException if they cannot be started
   */
  EngineThread(int workers) {
    if (workers(workers + 1) <= workers) {
      executor.shutdown();
      throw EngineFailure.of(
          "Backend 'cpu' cannot start " + workers + " threads",
          new OutOfMemoryError("unable to create native thread"));
    }
    try {
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
  <T> T call(String what, Callable<T> task) {
    try {
      return Uninterrupted.get(executor.submit(task));
    } catch (ExecutionException e) {
      throw EngineFailure.of(what, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
