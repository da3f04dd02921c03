package io.unmask.spi;

import java.util.Objects;

/**
 * How a network is to be run.
 *
 * @param device where
 * @param threads how many threads work on one call, or 0 for one a processor
 * @param precision the numbers it is computed with; a backend that knows {@link Precision#F32}
 *     alone need not look at it, for nothing else is asked of it than {@link Backend#precision}
 *     allows
 * @param ranges what is known of the network's values, for {@link Precision#INT8} alone
 */
public record ProgramOptions(
    Device device, int threads, Precision precision, ActivationRanges ranges) {

  /** The best device, one thread a processor, single precision. */
  public static final ProgramOptions DEFAULT = new ProgramOptions(Device.AUTO, 0);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the number of threads is negative or above 1024
   */
  public ProgramOptions {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads must lie in 0..1024, not " + threads);
    }
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(ranges, "ranges");
  }

  /** Nothing is known of the network's values. */
  public ProgramOptions(Device device, int threads, Precision precision) {
    this(device, threads, precision, ActivationRanges.NONE);
  }

  /** Single precision. */
  public ProgramOptions(Device device, int threads) {
    this(device, threads, Precision.F32);
  }

  /** The number of threads meant: the processors of this machine for 0. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The same in another precision. */
  public ProgramOptions withPrecision(Precision precision) {
    return new ProgramOptions(device, threads, precision, ranges);
  }

  /** The same with ranges of the network's values. */
  public ProgramOptions withRanges(ActivationRanges ranges) {
    return new ProgramOptions(device, threads, precision, ranges);
  }
}
