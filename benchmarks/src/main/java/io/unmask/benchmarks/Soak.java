package io.unmask.benchmarks;

import io.unmask.Detector;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Load that goes on for long: {@code benchmarks/soak}. */
public final class Soak {

  /** After each of so many parts of the calls memory is looked at. */
  static final int SLICES = 12;

  private static final int IMAGES = 16;
  private static final int RACES = 50;
  private static final int INTERRUPTED = 200;

  /** What Java's compilers and the C library's heap may add while nothing leaks, in MiB. */
  private static final double RESIDENT_NOISE = 24;

  private static final double HEAP_NOISE = 4;

  private final SoakArguments arguments;
  private final PrintStream out;
  private final Supplier<Detector> opening;
  private final byte[][] images = new byte[IMAGES][];
  private final double[] expected = new double[IMAGES];
  private boolean good = true;

  private Soak(SoakArguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
    Path model =
        Path.of(System.getProperty("unmask.root", ".."), "examples", "data", "untrained.keras");
    this.opening = () -> Detector.builder().model(model).backend(arguments.backend()).open();
    for (int i = 0; i < IMAGES; i++) {
      images[i] = Images.encoded(Images.picture(i, 256, 256), "jpg");
    }
  }

  /**
   * Runs everything, and leaves a detector open at the end, in use.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.println(SoakArguments.USAGE);
      return;
    }
    SoakArguments parsed;
    try {
      parsed = SoakArguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/soak: " + e.getMessage() + "\n" + SoakArguments.USAGE);
      System.exit(2);
      return;
    }
    System.out.println(Machine.description());
    if (!run(parsed, System.out)) {
      System.exit(1);
    }
  }

  /** Returns whether all is well. A detector is left open, which other threads go on using. */
  static boolean run(SoakArguments arguments, PrintStream out) throws Exception {
    Soak soak = new Soak(arguments, out);
    soak.underLoad();
    soak.openAndClose();
    soak.closeWhileCalled();
    soak.interrupted();
    soak.leftOpen();
    return soak.good;
  }

  private void underLoad() throws Exception {
    try (Detector detector = opening.get()) {
      out.println(detector.info().program());
      for (int i = 0; i < IMAGES; i++) {
        expected[i] = detector.classify(images[i]).probability();
      }
      long distinct = Arrays.stream(expected).distinct().count();
      report(distinct == IMAGES, "serial: %d images, %d answers".formatted(IMAGES, distinct));
      ExecutorService threads = Executors.newFixedThreadPool(arguments.threads());
      List<MemoryInUse> memory = new ArrayList<>();
      long wrong = 0;
      long start = System.nanoTime();
      for (int slice = 0; slice < SLICES; slice++) {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = slice; i < arguments.calls(); i += SLICES) {
          int image = i % IMAGES;
          calls.add(() -> isRight(detector, image));
        }
        for (Future<Boolean> call : threads.invokeAll(calls)) {
          wrong += call.get() ? 0 : 1;
        }
        calls.clear();
        memory.add(MemoryInUse.now());
        out.printf("  %2d/%d: %s%n", slice + 1, SLICES, memory.get(slice));
      }
      threads.shutdown();
      double seconds = (System.nanoTime() - start) / 1e9;
      report(
          wrong == 0,
          "%d calls from %d threads: %d differ from serial; %.0f a second"
              .formatted(
                  arguments.calls(), arguments.threads(), wrong, arguments.calls() / seconds));
      reportFlat("calls", memory);
    }
  }

  private void openAndClose() {
    List<MemoryInUse> memory = new ArrayList<>();
    int wrong = 0;
    for (int i = 0; i < arguments.opens(); i++) {
      try (Detector detector = opening.get()) {
        wrong += isRight(detector, i % IMAGES) ? 0 : 1;
      }
      if (i * SLICES / arguments.opens() != (i + 1) * SLICES / arguments.opens()) {
        memory.add(MemoryInUse.now());
      }
    }
    out.printf("  first: %s%n  last: %s%n", memory.get(0), memory.get(memory.size() - 1));
    report(
        wrong == 0,
        "opened and closed %d times: %d differ from serial".formatted(arguments.opens(), wrong));
    reportFlat("openings", memory);
  }

  private void closeWhileCalled() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(arguments.threads());
    Random random = new Random(1);
    int races = Math.min(RACES, arguments.opens());
    long answered = 0;
    for (int race = 0; race < races; race++) {
      Detector detector = opening.get();
      List<Future<Integer>> calls = new ArrayList<>();
      for (int t = 0; t < arguments.threads(); t++) {
        int first = t;
        calls.add(threads.submit(() -> untilClosed(detector, first)));
      }
      Thread.sleep(random.nextInt(10));
      detector.close();
      for (Future<Integer> call : calls) {
        answered += call.get();
      }
    }
    threads.shutdown();
    report(
        true, "closed %d times while called: %d calls answered before".formatted(races, answered));
  }

  /** How many calls were answered, all rightly, before one was refused. */
  private int untilClosed(Detector detector, int first) {
    int answered = 0;
    try {
      while (true) {
        if (!isRight(detector, (first + answered) % IMAGES)) {
          throw new IllegalArgumentException("an answer differs from serial while closing");
        }
        answered++;
      }
    } catch (IllegalStateException e) {
      return answered;
    }
  }

  private void interrupted() {
    int wrong = 0;
    try (Detector detector = opening.get()) {
      for (int i = 0; i < INTERRUPTED; i++) {
        Thread.currentThread().interrupt();
        wrong += isRight(detector, i % IMAGES) ? 0 : 1;
        wrong += Thread.interrupted() ? 0 : 1;
      }
    }
    report(
        wrong == 0,
        "%d calls on an interrupted thread: %d differ from serial or lose the interrupt"
            .formatted(INTERRUPTED, wrong));
  }

  private void leftOpen() {
    Detector detector = opening.get();
    for (int t = 0; t < arguments.threads(); t++) {
      int first = t;
      Thread thread = new Thread(() -> untilClosed(detector, first), "left-open");
      thread.setDaemon(true);
      thread.start();
    }
    out.println("a detector is left open, and called until the process ends");
  }

  private boolean isRight(Detector detector, int image) {
    double probability = detector.classify(images[image]).probability();
    return Double.doubleToLongBits(probability) == Double.doubleToLongBits(expected[image]);
  }

  private void reportFlat(String what, List<MemoryInUse> memory) {
    MemoryInUse growth = MemoryInUse.growth(memory);
    boolean flat =
        growth.heap() < HEAP_NOISE && growth.resident() < RESIDENT_NOISE && growth.natives() <= 0;
    report(flat, "growth over the %s, last third against the second: %s".formatted(what, growth));
  }

  private void report(boolean fine, String message) {
    good &= fine;
    out.println((fine ? "ok   " : "FAIL ") + message);
  }
}
