package io.unmask.service;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that judge photos, and the queue before them. Thread-safe. */
final class Workers implements AutoCloseable {

  private final ThreadPoolExecutor pool;
  private final int queue;

  private Workers(int threads, int queue) {
    this.queue = queue;
    AtomicInteger count = new AtomicInteger();
    BlockingQueue<Runnable> waiting =
        queue == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(queue);
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            waiting,
            task -> new Thread(task, "unmask-worker-" + count.incrementAndGet()));
    pool.prestartAllCoreThreads();
  }

  /** One thread a processor: what is not spent in the engine is spent in decoding. */
  static Workers start(int queue) {
    return new Workers(Runtime.getRuntime().availableProcessors(), queue);
  }

  /** Has a task done. Returns whether there was a place for it. */
  boolean offer(Runnable task) {
    try {
      pool.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Whether the next task would find no place. */
  boolean full() {
    return pool.getActiveCount() >= pool.getMaximumPoolSize() && waiting() >= queue;
  }

  int threads() {
    return pool.getMaximumPoolSize();
  }

  int waiting() {
    return pool.getQueue().size();
  }

  int working() {
    return pool.getActiveCount();
  }

  /** Ends the threads once they have done all that is waiting. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
