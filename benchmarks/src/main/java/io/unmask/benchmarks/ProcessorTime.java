package io.unmask.benchmarks;

import java.time.Duration;

/** What a process has taken of all processors together, in ms. */
final class ProcessorTime {

  private ProcessorTime() {}

  static double ofThis() {
    return of(ProcessHandle.current());
  }

  /** NaN where the system does not say. */
  static double of(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .map(n -> n / 1e6)
        .orElse(Double.NaN);
  }
}
