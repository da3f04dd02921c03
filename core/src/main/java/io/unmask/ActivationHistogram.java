package io.unmask;

import io.unmask.spi.ActivationRanges.Range;

/**
 * How often numbers of each size come, positive and negative ones apart. It grows by doubling, so
 * that nothing need be known before. Not thread-safe.
 */
final class ActivationHistogram {

  private static final int BINS = 2048;

  private long[] positive = new long[BINS];
  private long[] negative = new long[BINS];
  private float limit;
  private float low;
  private float high;
  private boolean filled;

  /** Counts numbers. */
  void add(float[] values) {
    float greatest = 0;
    for (float value : values) {
      low = filled ? Math.min(low, value) : value;
      high = filled ? Math.max(high, value) : value;
      filled = true;
      greatest = Math.max(greatest, Math.abs(value));
    }
    if (limit == 0) {
      limit = greatest;
    }
    while (greatest > limit) {
      positive = halved(positive);
      negative = halved(negative);
      limit *= 2;
    }
    if (limit == 0) {
      positive[0] += values.length;
      return;
    }
    float scale = BINS / limit;
    for (float value : values) {
      long[] side = value < 0 ? negative : positive;
      side[Math.min(BINS - 1, (int) (Math.abs(value) * scale))]++;
    }
  }

  private static long[] halved(long[] bins) {
    long[] halved = new long[BINS];
    for (int i = 0; i < BINS; i++) {
      halved[i / 2] += bins[i];
    }
    return halved;
  }

  /** The least and the greatest. */
  Range all() {
    return new Range(low, high);
  }

  /**
   * The range that all but a share of the numbers lie in: those of the greatest size are left out.
   *
   * @param share such as 1e-5; 0 for {@link #all}
   */
  Range allBut(double share) {
    long total = 0;
    for (int i = 0; i < BINS; i++) {
      total += positive[i] + negative[i];
    }
    long left = (long) (total * share);
    int end = BINS;
    while (end > 1 && positive[end - 1] + negative[end - 1] <= left) {
      end--;
      left -= positive[end] + negative[end];
    }
    float size = limit * end / BINS;
    return new Range(Math.max(low, -size), Math.min(high, size));
  }
}
