package io.unmask.spi;

/**
 * How a network is to be run.
 *
 * @param device where
 * @param threads how many threads work on one call, or 0 for one a processor
 */
public record ProgramOptions(Device device, int threads) {

  /** The best device, one thread a processor. */
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
  }

  /** The number of threads meant: the processors of this machine for 0. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
