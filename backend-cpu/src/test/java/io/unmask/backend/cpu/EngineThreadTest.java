package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineThreadTest {

  @Test
  void workersAreThoseThatCanBeStartedAndTheTrialLeavesNone() {
    int before = trials();
    assertThat(EngineThread.workers(1)).isEqualTo(1);
    assertThat(EngineThread.workers(8)).isEqualTo(8);
    assertThat(trials()).isEqualTo(before);
  }

  private static int trials() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("unmask-cpu-trial"))
            .count();
  }
}
