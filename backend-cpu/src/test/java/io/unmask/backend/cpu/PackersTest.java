package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PackersTest {

  private final AtomicInteger done = new AtomicInteger();

  @BeforeAll
  static void loadTheThreadRuntime() {
    OneDnn.load();
  }

  @Test
  void everythingIsDoneAfterWaiting() {
    try (Packers packers = new Packers(3)) {
      for (int i = 0; i < 100; i++) {
        packers.submit(done::incrementAndGet);
      }
      packers.await();
      assertThat(done).hasValue(100);
    }
  }

  @Test
  void theFirstFailureIsThrownAsItIs() {
    try (Packers packers = new Packers(2)) {
      packers.submit(done::incrementAndGet);
      packers.submit(
          () -> {
            throw new IllegalStateException("first");
          });
      packers.submit(
          () -> {
            throw new IllegalArgumentException("second");
          });
      assertThatIllegalStateException().isThrownBy(packers::await).withMessage("first");
    }
    try (Packers packers = new Packers(1)) {
      packers.submit(
          () -> {
            throw new OutOfMemoryError("heap");
          });
      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(packers::await)
          .withMessage("heap");
    }
  }

  @Test
  void closingDropsWhatHasNotBegunAndWaitsForWhatHas() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Packers packers = new Packers(1);
    packers.submit(
        () -> {
          begun.countDown();
          waitFor(go);
          done.incrementAndGet();
        });
    for (int i = 0; i < 10; i++) {
      packers.submit(() -> done.addAndGet(100));
    }
    begun.await();
    Thread closing = new Thread(packers::close);
    closing.start();
    closing.join(100);
    assertThat(closing.isAlive()).isTrue();
    go.countDown();
    closing.join();
    assertThat(done).hasValue(1);
  }

  @Test
  void anInterruptedCallerWaitsAllTheSame() {
    CountDownLatch go = new CountDownLatch(1);
    try (Packers packers = new Packers(1)) {
      packers.submit(
          () -> {
            waitFor(go);
            done.incrementAndGet();
          });
      Thread caller = Thread.currentThread();
      Thread other =
          new Thread(
              () -> {
                caller.interrupt();
                go.countDown();
              });
      other.start();
      packers.await();
      assertThat(done).hasValue(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
