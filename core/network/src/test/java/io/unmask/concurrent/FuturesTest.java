package io.unmask.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FuturesTest {

  @Test
  void workBesideIsDoneOnce() {
    AtomicInteger runs = new AtomicInteger();
    FutureTask<Integer> task = Futures.beside(runs::incrementAndGet);
    assertThat(Futures.result(task)).isEqualTo(1);
    assertThat(Futures.result(task)).isEqualTo(1);
    assertThat(runs).hasValue(1);
  }

  @Test
  void whoAsksDoesWhatNobodyHasBegun() {
    Thread[] by = new Thread[1];
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              by[0] = Thread.currentThread();
              return true;
            });
    assertThat(Futures.result(task)).isTrue();
    assertThat(by[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void whatTheWorkThrowsComesAsItWasThrown() {
    IllegalArgumentException thrown = new IllegalArgumentException("wrong");
    FutureTask<Object> task =
        Futures.beside(
            () -> {
              throw thrown;
            });
    assertThatThrownBy(() -> Futures.result(task)).isSameAs(thrown);
    FutureTask<Object> checked =
        Futures.beside(
            () -> {
              throw new IOException("torn");
            });
    assertThatThrownBy(() -> Futures.result(checked))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndStays() {
    FutureTask<String> task =
        Futures.beside(
            () -> {
              Thread.sleep(50);
              return "done";
            });
    Thread.currentThread().interrupt();
    try {
      assertThat(Futures.getUninterruptibly(task)).isEqualTo("done");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
