package io.unmask.backend.cpu;

import io.unmask.concurrent.Futures;
import io.unmask.error.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Threads that bring weights into the layouts that the engine wants. Each reads and packs an array
 * on its own, so that one reads while the other packs, and none waits for the other in between.
 */
final class Packers implements AutoCloseable {

  private final ExecutorService threads;
  private final List<Future<?>> work = new ArrayList<>();

  /** Starts no thread before there is work. */
  Packers(int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(() -> runAlone(task), "unmask-cpu-packer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs a task some time before {@link #await} returns: at once if no thread can be started. */
  void submit(Runnable task) {
    FutureTask<Boolean> each = new FutureTask<>(task, true);
    work.add(each);
    try {
      threads.execute(each);
    } catch (OutOfMemoryError e) {
      each.run();
    }
  }

  /** What a thread of these calls the engine for has no threads of its own, if that can be had. */
  private static void runAlone(Runnable thread) {
    try {
      OpenMp.setThreads(1);
    } catch (BackendException e) {
      System.getLogger(Packers.class.getName())
          .log(System.Logger.Level.DEBUG, "packers have threads of their own", e);
    }
    thread.run(); // or the pool would wait for it for ever
  }

  /**
   * Waits until all tasks are done, also when interrupted.
   *
   * @throws RuntimeException that of the first task that failed
   */
  void await() {
    for (Future<?> each : work) {
      Futures.getUninterruptibly(each);
    }
  }

  /** Drops what has not begun, and returns when nothing is under way any more. */
  @Override
  public void close() {
    work.forEach(each -> each.cancel(false));
    threads.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
