package io.unmask.cli;

import io.unmask.Label;
import io.unmask.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts what came of many images, says so on standard error at the end, and once a minute that the
 * work goes on. Not thread-safe.
 */
final class Tally {

  private static final long MINUTE = 60_000_000_000L;

  private final Console console;
  private final boolean wanted;
  private final long start;
  private final Map<Label, Long> labels = new EnumMap<>(Label.class);
  private long failed;
  private long next;

  /**
   * Counts nothing yet.
   *
   * @param wanted whether anything is to be said
   * @param start when the work began, in nanoseconds of {@link System#nanoTime}
   */
  Tally(Console console, boolean wanted, long start) {
    this.console = console;
    this.wanted = wanted;
    this.start = start;
    this.next = start + MINUTE;
  }

  /** Counts an image. */
  void add(Outcome<?> outcome) {
    outcome
        .classification()
        .ifPresentOrElse(result -> labels.merge(result.label(), 1L, Long::sum), () -> failed++);
    long now = System.nanoTime();
    if (wanted && now - next >= 0) {
      next = now + MINUTE;
      console.complain("so far " + words(now));
    }
  }

  /** Whether a face was judged. */
  boolean judged() {
    return labels.keySet().stream().anyMatch(label -> label != Label.NO_FACE);
  }

  /**
   * Says what came of all.
   *
   * @param leftOut how many had a result before
   */
  void end(long leftOut) {
    if (wanted) {
      console.complain(
          words(System.nanoTime())
              + (leftOut == 0
                  ? ""
                  : String.format(Locale.ROOT, "; %,d had a result already", leftOut)));
    }
  }

  private String words(long now) {
    long classified = labels.values().stream().mapToLong(Long::longValue).sum();
    double seconds = (now - start) / 1e9;
    String each =
        labels.entrySet().stream()
            .map(label -> label.getKey() + String.format(Locale.ROOT, " %,d", label.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d %s classified%s, %,d failed, in %.0f s, %.1f a second",
        classified,
        classified == 1 ? "image" : "images",
        each.isEmpty() ? "" : " (" + each + ")",
        failed,
        seconds,
        (classified + failed) / Math.max(seconds, 1e-3));
  }
}
