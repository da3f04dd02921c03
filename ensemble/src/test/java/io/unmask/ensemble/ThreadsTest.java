package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  private final AtomicInteger runs = new AtomicInteger();

  /** A task that fails when it is run for the first time. */
  private List<Runnable> failing(String message) {
    List<Runnable> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          if (runs.incrementAndGet() == 1) {
            throw new OutOfMemoryError(message);
          }
        });
    return tasks;
  }

  @Test
  void whereNoThreadCanBeStartedTasksAreRunOneByOne() {
    Threads.sideBySide(failing("unable to create native thread: possibly out of memory"));
    assertThat(runs).hasValue(2);
  }

  @Test
  void aTaskWithoutMemoryIsNotRunAgain() {
    assertThatThrownBy(() -> Threads.sideBySide(failing("Java heap space")))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(runs).hasValue(1);
  }
}
