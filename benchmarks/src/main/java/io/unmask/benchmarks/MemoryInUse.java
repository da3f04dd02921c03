package io.unmask.benchmarks;

import com.google.common.math.Quantiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What the process holds, in MiB.
 *
 * @param heap objects that Java cannot free
 * @param resident memory of all kinds that is really there; 0 where the system does not say
 * @param natives objects of the engines that Java holds, a number
 */
record MemoryInUse(double heap, double resident, long natives) {

  private static final double MIB = 1 << 20;

  /** Now, once the garbage collector has run. */
  static MemoryInUse now() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new MemoryInUse(heap / MIB, residentNow(), Pointer.totalCount());
  }

  /** How much more the last third of some holds than their second third, by the medians. */
  static MemoryInUse growth(List<MemoryInUse> samples) {
    int third = Math.max(1, samples.size() / 3);
    int end = samples.size();
    List<MemoryInUse> before = samples.subList(Math.max(0, end - 2 * third), end - third);
    List<MemoryInUse> after = samples.subList(end - third, end);
    return new MemoryInUse(
        median(after, MemoryInUse::heap) - median(before, MemoryInUse::heap),
        median(after, MemoryInUse::resident) - median(before, MemoryInUse::resident),
        (long) (median(after, MemoryInUse::natives) - median(before, MemoryInUse::natives)));
  }

  private static double median(List<MemoryInUse> samples, ToDoubleFunction<MemoryInUse> part) {
    return Quantiles.median().compute(samples.stream().mapToDouble(part).toArray());
  }

  private static double residentNow() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return "heap %.1f MiB, resident %.0f MiB, native objects %d".formatted(heap, resident, natives);
  }
}
