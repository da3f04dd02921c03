package io.unmask.spi;

import java.util.Objects;

/**
 * The options that a network is compiled with.
 *
 * @param device the device to run on
 * @param threads how many threads work on one call, or 0 for one per processor
 * @param precision the precision to compute in; a backend that has only {@link Precision#F32} can
 *     ignore it, because nothing else is asked of a backend than {@link Backend#precision} allows
 * @param ranges the ranges of the network's values, only for {@link Precision#INT8}
 */
public record ProgramOptions(
    Device device, int threads, Precision precision, ActivationRanges ranges) {

  /** The best device, one thread per processor, single precision. */
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

  /** Options without ranges of the network's values. */
  public ProgramOptions(Device device, int threads, Precision precision) {
    this(device, threads, precision, ActivationRanges.NONE);
  }

  /** Options for single precision. */
  public ProgramOptions(Device device, int threads) {
    this(device, threads, Precision.F32);
  }

  /** The number of threads to use: for 0, the number of processors of this machine. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Returns these options with another precision. */
  public ProgramOptions withPrecision(Precision precision) {
    return new ProgramOptions(device, threads, precision, ranges);
  }

  /** Returns these options with ranges of the network's values. */
  public ProgramOptions withRanges(ActivationRanges ranges) {
    return new ProgramOptions(device, threads, precision, ranges);
  }
}
