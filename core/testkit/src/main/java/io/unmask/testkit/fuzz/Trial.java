package io.unmask.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import io.unmask.error.DetectorException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs code on an input and judges what came of it. What is allowed: a result, a {@link
 * DetectorException} or an {@link IllegalArgumentException} of one line, within ten seconds and a
 * bound of memory.
 */
public final class Trial implements AutoCloseable {

  /** With a thread of its own. */
  public Trial() {}

  /** How long code may run. */
  public static final int MOST_SECONDS = 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * What happened.
   *
   * @param refused whether there was an exception, of the kinds that are allowed
   * @param nanoseconds how long it took
   * @param bytes what was allocated on the thread
   */
  public record Report(boolean refused, long nanoseconds, long bytes) {}

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true); // one that hangs must not keep the tests from ending
            return thread;
          });

  /**
   * Runs the code.
   *
   * @param mostBytes the bound of memory
   * @throws AssertionError if what came of it is not allowed
   */
  public Report run(Callable<?> code, long mostBytes) throws InterruptedException {
    Future<Report> running = worker.submit(() -> judged(code));
    Report report;
    try {
      report = running.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("took more than " + MOST_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError("threw " + e.getCause(), e.getCause());
    }
    if (report.bytes() > mostBytes) {
      throw new AssertionError(
          "allocated %,d bytes, and at most %,d are allowed".formatted(report.bytes(), mostBytes));
    }
    return report;
  }

  private static Report judged(Callable<?> code) throws Exception {
    long start = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    @Nullable String message = null;
    try {
      code.call();
    } catch (DetectorException | IllegalArgumentException e) {
      message = String.valueOf(e.getMessage());
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (message != null && message.lines().count() != 1) {
      throw new AssertionError("the message is not one line: " + message);
    }
    return new Report(message != null, System.nanoTime() - start, bytes);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
