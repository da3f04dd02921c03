package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadAheadTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private <T, R> ReadAhead<T, R> ahead(Iterator<T> source, Function<T, R> work) {
    return new ReadAhead<>(source, work, threads, 5);
  }

  @Test
  void resultsComeInTheSourcesOrder() {
    List<Integer> numbers = IntStream.range(0, 2000).boxed().toList();
    List<Integer> taken = new ArrayList<>();
    ahead(numbers.iterator(), n -> n).forEachRemaining(taken::add);
    assertThat(taken).isEqualTo(numbers);
  }

  @Test
  void neverMoreThanTheWindowIsAheadOfAnEndlessSource() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Integer> endless = Stream.generate(read::incrementAndGet).iterator();
    ReadAhead<Integer, Integer> ahead = ahead(endless, n -> n);
    assertThat(read).hasValue(0);
    for (int taken = 1; taken <= 100; taken++) {
      assertThat(ahead.next()).isEqualTo(taken);
      // The stream's iterator may have read one more than it gave.
      assertThat(read.get()).isLessThanOrEqualTo(taken + 5 + 1);
    }
    ahead.close();
    assertThat(ahead.hasNext()).isFalse();
  }

  @Test
  void anEmptySourceHasNoResults() {
    ReadAhead<Integer, Integer> ahead = ahead(List.<Integer>of().iterator(), n -> n);
    assertThat(ahead.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(ahead::next);
  }

  @Test
  void whatTheWorkThrowsIsThrownInItsPlaceAndEndsIt() {
    ReadAhead<Integer, Integer> ahead = ahead(List.of(4, 2, 0, 1).iterator(), n -> 8 / n);
    assertThat(ahead.next()).isEqualTo(2);
    assertThat(ahead.next()).isEqualTo(4);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(ahead::next);
    assertThat(ahead.hasNext()).isFalse();
  }

  @Test
  void whatTheSourceThrowsIsThrownBehindWhatItGave() {
    Iterator<Integer> failing =
        Stream.of(1, 2, 3)
            .peek(
                n -> {
                  if (n == 3) {
                    throw new IllegalStateException("gone");
                  }
                })
            .iterator();
    ReadAhead<Integer, Integer> ahead = ahead(failing, n -> n);
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(ahead.next()).isEqualTo(2);
    assertThatIllegalStateException().isThrownBy(ahead::next).withMessage("gone");
    assertThat(ahead.hasNext()).isFalse();
  }

  @Test
  void whatIsReadyIsTakenUpToTheLimitAndUpToAnErrorOrTheEnd() {
    ReadAhead<Integer, Integer> five =
        new ReadAhead<>(List.of(1, 2, 3, 4, 5).iterator(), n -> n, new HeldTasks(100), 4);
    assertThat(five.takeReady(3)).containsExactly(1, 2, 3);
    assertThat(five.takeReady(3)).containsExactly(4, 5);
    assertThat(five.takeReady(3)).isEmpty();

    ReadAhead<Integer, Integer> failing =
        new ReadAhead<>(List.of(4, 2, 0, 1).iterator(), n -> 8 / n, new HeldTasks(100), 4);
    assertThat(failing.takeReady(4)).containsExactly(2, 4);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> failing.takeReady(4));
    assertThat(failing.takeReady(4)).isEmpty();
  }

  @Test
  void onlyTheFirstIsWaitedFor() {
    HeldTasks tasks = new HeldTasks(1);
    ReadAhead<Integer, Integer> ahead =
        new ReadAhead<>(List.of(1, 2, 3, 4).iterator(), n -> n, tasks, 4);
    assertThat(ahead.takeReady(4)).containsExactly(1);
    tasks.run(2);
    assertThat(ahead.takeReady(4)).containsExactly(2, 3);
  }

  @Test
  void anErrorPassesAsItIs() {
    ReadAhead<Integer, Integer> ahead =
        ahead(
            List.of(1).iterator(),
            n -> {
              throw new LinkageError("broken");
            });
    assertThatExceptionOfType(LinkageError.class).isThrownBy(ahead::next);
  }

  @Test
  void closingInterruptsTheWorkAndFreesWhoeverWaits() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ReadAhead<Integer, Integer> ahead =
        ahead(
            List.of(1).iterator(),
            n -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return n;
            });
    ExecutorService consumer = Executors.newSingleThreadExecutor();
    var more = consumer.submit(ahead::hasNext);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    ahead.close();
    assertThat(more.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    consumer.shutdown();
  }
}
