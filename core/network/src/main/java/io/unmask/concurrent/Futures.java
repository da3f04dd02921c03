package io.unmask.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Waiting for work on other threads. What the work throws reaches who waits as it was thrown; of
 * checked exceptions an {@link IllegalStateException} with the exception as its cause.
 */
public final class Futures {

  private Futures() {}

  /**
   * Begins brief work that needs no thread of its own beside the caller, who asks for it by {@link
   * #result}.
   */
  public static <T> FutureTask<T> beside(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      ForkJoinPool.commonPool().execute(task);
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      task.run(); // no thread can be started
    }
    return task;
  }

  /**
   * Returns what the work came to. It is done here and now if no thread has begun it, so that tasks
   * may wait for tasks.
   *
   * @throws RuntimeException what the work throws, likewise errors
   */
  public static <T> T result(FutureTask<T> task) {
    task.run(); // unless it runs, or has run
    return getUninterruptibly(task);
  }

  /**
   * Waits for a result.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   * @throws RuntimeException what the work throws, likewise errors
   */
  public static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(e.getCause());
    }
  }

  /**
   * Waits for a result, also when interrupted, for who must not go on before; the caller is
   * interrupted afterwards.
   *
   * @throws RuntimeException what the work throws, likewise errors
   */
  public static <T> T getUninterruptibly(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return get(future);
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
