package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.Detector;
import io.unmask.error.InterruptionException;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Shape;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens that are interrupted at random while other threads open and classify with the same files.
 * {@code -Dunmask.interruptions=1000} has as many as that.
 */
class InterruptedOpeningTest {

  private static final int OPENS = Integer.getInteger("unmask.interruptions", 60);
  private static final Shape IMAGE = Shape.of(71, 71, 3);

  @TempDir Path folder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger answers = new AtomicInteger();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(900)
  void anOpenIsOpenedOrInterruptedAndNobodyElseNotices() throws Exception {
    for (int fold = 1; fold <= 2; fold++) {
      KerasWriter.write(
          new XceptionClassifier(IMAGE, 0.25, List.of(), 0)
              .build(new FormulaWeights("output_layer", 1, 0.1 * fold)),
          folder.resolve("fold_" + fold + "_phase2_best_model.keras"));
    }
    double expected = openAndClassify();
    long begun = System.nanoTime();
    openAndClassify();
    long one = System.nanoTime() - begun;
    List<Thread> others =
        List.of(new Thread(() -> useAll(expected)), new Thread(() -> useAll(expected)));
    others.forEach(Thread::start);
    int opened = 0;
    int interrupted = 0;
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Random random = new Random(1);
      Thread caller = Thread.currentThread();
      for (int i = 0; i < OPENS; i++) {
        ScheduledFuture<?> interrupt =
            clock.schedule(
                caller::interrupt, (long) (random.nextDouble() * one), TimeUnit.NANOSECONDS);
        try {
          assertThat(openAndClassify()).isEqualTo(expected);
          opened++;
        } catch (InterruptionException e) {
          assertThat(caller.isInterrupted()).isTrue();
          interrupted++;
        } finally {
          interrupt.cancel(false);
          waitFor(interrupt);
          Thread.interrupted();
        }
      }
    } finally {
      clock.shutdownNow();
      ended.set(true);
      for (Thread other : others) {
        other.join();
      }
    }
    System.out.printf(
        "%d opens: %d opened, %d interrupted, %d answers of other threads%n",
        OPENS, opened, interrupted, answers.get());
    assertThat(failures).isEmpty();
    assertThat(answers).hasPositiveValue();
    assertThat(interrupted).isPositive();
    assertThat(opened + interrupted).isEqualTo(OPENS);
  }

  private void useAll(double expected) {
    try {
      while (!ended.get()) {
        assertThat(openAndClassify()).isEqualTo(expected);
        answers.incrementAndGet();
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private double openAndClassify() {
    try (Detector detector = Detector.builder().backend("cpu").threads(1).model(folder).open()) {
      return detector.classify(new float[IMAGE.size()]).probability();
    }
  }

  private static void waitFor(ScheduledFuture<?> interrupt) {
    while (!interrupt.isDone()) {
      Thread.onSpinWait();
    }
  }
}
