package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShelteredTest {

  @Test
  void anInterruptReachesTheCallerAndNotTheWork() {
    AtomicBoolean reached = new AtomicBoolean(true);
    Thread.currentThread().interrupt();
    Sheltered.run("work", () -> reached.set(Thread.currentThread().isInterrupted()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reached).isFalse();
  }

  @Test
  void whatTheWorkThrowsIsThrownAsItIs() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Sheltered.run(
                    "work",
                    () -> {
                      throw new IllegalStateException("unchecked");
                    }))
        .withMessage("unchecked");
    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(
            () ->
                Sheltered.run(
                    "work",
                    () -> {
                      throw new UnsatisfiedLinkError("error");
                    }))
        .withMessage("error");
  }
}
