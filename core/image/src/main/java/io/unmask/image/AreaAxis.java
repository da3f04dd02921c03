package io.unmask.image;

import java.util.Arrays;

/**
 * For each position of the output along one axis, the first position of the input that it covers,
 * and the share of it that this and those behind it are: OpenCV's {@code computeResizeAreaTab}.
 *
 * @param start the first that is covered
 * @param weights the share of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record AreaAxis(int[] start, float[][] weights) {

  /** Less of a pixel than this is not counted. */
  private static final double LEAST = 1e-3;

  /**
   * Computes them.
   *
   * @param scale how many positions of the input there are to one of the output, at least 1
   */
  static AreaAxis of(int inputSize, int outputSize, double scale) {
    int[] start = new int[outputSize];
    float[][] weights = new float[outputSize][];
    for (int i = 0; i < outputSize; i++) {
      double from = i * scale;
      double to = from + scale;
      double covered = Math.min(scale, inputSize - from);
      int last = Math.min((int) Math.floor(to), inputSize - 1);
      int first = Math.min((int) Math.ceil(from), last);
      boolean before = first - from > LEAST;
      boolean behind = to - last > LEAST;
      start[i] = before ? first - 1 : first;
      float[] shares = new float[last - first + (before ? 1 : 0) + (behind ? 1 : 0)];
      Arrays.fill(shares, (float) (1 / covered));
      if (before) {
        shares[0] = (float) ((first - from) / covered);
      }
      if (behind) {
        shares[shares.length - 1] = (float) (Math.min(Math.min(to - last, 1), covered) / covered);
      }
      weights[i] = shares;
    }
    return new AreaAxis(start, weights);
  }
}
