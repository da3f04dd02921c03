package io.unmask.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code unmask serve} as a process of its own, as a user starts it.
 *
 * @param process the process, which is Java itself
 * @param uri where it listens
 */
record ServiceProcess(Process process, URI uri) implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening at (http://\\S+)");

  /**
   * What the process holds.
   *
   * @param resident memory that is really there, in MiB
   * @param threads how many there are
   * @param files how many are open, sockets included
   */
  record Holding(double resident, int threads, int files) {
    @Override
    public String toString() {
      return "resident %.0f MiB, %d threads, %d open files".formatted(resident, threads, files);
    }
  }

  /** Starts it at a free port, and returns when it listens. */
  static ServiceProcess start(Path command, List<String> options) throws IOException {
    List<String> line = new ArrayList<>(List.of(command.toString(), "serve", "--port", "0"));
    line.addAll(options);
    Process process =
        new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader messages = process.errorReader(UTF_8);
    for (String said = messages.readLine(); said != null; said = messages.readLine()) {
      Matcher listening = LISTENING.matcher(said);
      if (listening.find()) {
        Thread rest = new Thread(() -> messages.lines().forEach(System.out::println), "messages");
        rest.setDaemon(true);
        rest.start();
        return new ServiceProcess(process, URI.create(listening.group(1)));
      }
      System.out.println(said);
    }
    throw new IOException(line + " ended without listening");
  }

  /** What it holds now; where the system does not say, nothing. */
  Holding holding() throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    double resident = 0;
    int threads = 0;
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        resident = number(line) / 1024.0;
      } else if (line.startsWith("Threads:")) {
        threads = number(line);
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
      return new Holding(resident, threads, (int) files.count());
    }
  }

  private static int number(String line) {
    return Integer.parseInt(line.replaceAll("[^0-9]", ""));
  }

  /** The value of a metric that has no tags. */
  double metric(String name) throws IOException {
    try (HttpSocket socket = new HttpSocket(uri, 60_000)) {
      return socket
          .get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no metric " + name));
    }
  }

  /** What it has taken of all processors together, in ms. */
  double processorTime() {
    return ProcessorTime.of(process.toHandle());
  }

  /** Sends SIGTERM. Returns how many seconds it took to end. */
  double terminate() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the service does not end");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
