package io.unmask.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the figures depend on. */
final class Machine {

  private Machine() {}

  /** The processor, its cores, the system, Java, and how busy the machine is, on one line. */
  static String description() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return "%s, %d processors, %s %s %s, Java %s%s"
        .formatted(
            processor().orElse("unknown processor"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            load < 0 ? "" : ", load average %.2f".formatted(load));
  }

  /** Whether other programs want a good part of a core, as far as that is known. */
  static boolean isBusy() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() > 0.5;
  }

  private static Optional<String> processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
