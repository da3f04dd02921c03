package io.unmask.benchmarks;

import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many images a network alone gets through, with a thread a processor.
 *
 * @param rate images a second
 * @param processor what each takes of all processors together, in ms
 */
record BareThroughput(double rate, double processor) {

  /**
   * Runs the network on one image after another, from as many threads as there are processors.
   *
   * @param program of which each call takes one thread
   */
  static BareThroughput of(Program program, FloatBuffer[] images, Duration time)
      throws InterruptedException {
    int count = Runtime.getRuntime().availableProcessors();
    AtomicLong runs = new AtomicLong();
    double processor = ProcessorTime.ofThis();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = i;
      Thread thread =
          new Thread(
              () -> {
                for (int n = first; System.nanoTime() < end; n++) {
                  program.run(images[n % images.length], 1);
                  runs.incrementAndGet();
                }
              },
              "bare-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new BareThroughput(
        runs.get() / seconds, (ProcessorTime.ofThis() - processor) / runs.get());
  }
}
