package io.unmask.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What another process did, from its start to its end.
 *
 * @param milliseconds how long that took
 * @param residentMegabytes how much memory it had at most, where the system says so: Linux does
 * @param output what it wrote to its standard output
 */
record Child(double milliseconds, OptionalDouble residentMegabytes, String output) {

  private static final int LOOK_EVERY_MS = 10;
  private static final double KIB_A_MB = 1e6 / 1024;

  /**
   * Runs a command.
   *
   * @throws IOException if it cannot be started or fails; the message has what it wrote last to its
   *     standard error
   */
  static Child run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("unmask-benchmark", ".out");
    Path err = Files.createTempFile("unmask-benchmark", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      process.getOutputStream().close();
      long peak = 0;
      while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, residentKib(process.pid()));
      }
      double milliseconds = (System.nanoTime() - start) / 1e6;
      if (process.exitValue() != 0) {
        String last = Files.readString(err).lines().reduce("", (before, line) -> line);
        throw new IOException(
            "%s ended with status %d: %s"
                .formatted(String.join(" ", command), process.exitValue(), last));
      }
      return new Child(
          milliseconds,
          peak == 0 ? OptionalDouble.empty() : OptionalDouble.of(peak / KIB_A_MB),
          Files.readString(out));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The most it had so far, which never shrinks; 0 if that cannot be told. */
  private static long residentKib(long process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
