package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InOrderTest {

  private final List<String> results = new ArrayList<>();

  @Test
  void resultsComeInTheOrderOfTheInputs() {
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
    InOrder.map(inputs, i -> "r" + i, (input, result) -> results.add(input + result));
    assertThat(results).hasSize(100).startsWith("0r0", "1r1", "2r2").endsWith("99r99");
  }

  @Test
  void theFirstFailureInThatOrderIsThrownAndNothingBehindItIsHandedOut() {
    CountDownLatch laterHasFailed = new CountDownLatch(1);
    List<Integer> inputs = List.of(0, 1, 2);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                InOrder.map(
                    inputs,
                    i -> {
                      if (i == 2) {
                        laterHasFailed.countDown();
                      }
                      if (i > 0) {
                        throw new IllegalArgumentException("input " + i);
                      }
                      return i;
                    },
                    (input, result) -> results.add("input " + input)))
        .withMessage("input 1");
    assertThat(results).containsExactly("input 0");
    assertThat(laterHasFailed.getCount()).isZero();
  }

  @Test
  void anErrorStaysWhatItIs() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(
            () ->
                InOrder.map(
                    List.of(1, 2),
                    i -> {
                      throw new OutOfMemoryError("heap");
                    },
                    (input, result) -> results.add("never")))
        .withMessage("heap");
    assertThat(results).isEmpty();
  }

  @Test
  void anInterruptedCallerGetsItsResultsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    InOrder.map(List.of(1, 2, 3), i -> i, (input, result) -> results.add("" + result));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results).containsExactly("1", "2", "3");
  }
}
