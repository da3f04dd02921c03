package io.unmask.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a service holds in memory while something else goes on, looked at every half second. */
final class ResidentMemory implements AutoCloseable {

  private static final int MILLISECONDS = 500;

  private final ServiceProcess service;
  private final List<Double> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "resident memory");

  private ResidentMemory(ServiceProcess service) {
    this.service = service;
  }

  static ResidentMemory watch(ServiceProcess service) {
    ResidentMemory memory = new ResidentMemory(service);
    memory.thread.setDaemon(true);
    memory.thread.start();
    return memory;
  }

  private void watch() {
    try {
      while (true) {
        samples.add(service.holding().resident());
        Thread.sleep(MILLISECONDS);
      }
    } catch (IOException | InterruptedException e) {
      // the process or the phase has ended
    }
  }

  /** Ends the watch. */
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /** The median of each quarter of the time, and the greatest of all; to be asked after the end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("resident in each quarter of the time");
    for (int quarter = 0; quarter < 4; quarter++) {
      List<Double> part =
          samples.subList(quarter * samples.size() / 4, (quarter + 1) * samples.size() / 4);
      text.append(String.format(" %.0f", ServiceLoad.median(part)));
    }
    double most = samples.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return text.append(String.format(" MiB, at most %.0f", most)).toString();
  }
}
