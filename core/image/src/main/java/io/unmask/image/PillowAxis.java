package io.unmask.image;

/**
 * For each position of the output along one axis, the first position of the input that counts for
 * it, and how much that and those behind it count, in units of 2^-22: Pillow's {@code
 * precompute_coeffs} with its triangle (Resample.c).
 *
 * @param start the first that counts
 * @param weights what each counts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record PillowAxis(int[] start, int[][] weights) {

  /** What 1 is as a weight. */
  static final int PRECISION_BITS = 22;

  /**
   * Computes them.
   *
   * @param inputSize how many positions there are, also around the part that is shown
   * @param first where the part begins
   * @param length how long it is
   * @param outputSize how many are made of it
   */
  static PillowAxis of(int inputSize, int first, int length, int outputSize) {
    double scale = (double) length / outputSize;
    double support = Math.max(scale, 1.0); // as wide as a triangle of 1 pixel becomes
    double reciprocal = 1.0 / support;
    int[] start = new int[outputSize];
    int[][] weights = new int[outputSize][];
    for (int i = 0; i < outputSize; i++) {
      double center = first + (i + 0.5) * scale;
      start[i] = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), inputSize);
      weights[i] = weights(start[i], end, center, reciprocal);
    }
    return new PillowAxis(start, weights);
  }

  private static int[] weights(int start, int end, double center, double reciprocal) {
    double[] exact = new double[end - start];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      double distance = Math.abs((i + start - center + 0.5) * reciprocal);
      exact[i] = distance < 1 ? 1 - distance : 0;
      sum += exact[i];
    }
    int[] weights = new int[exact.length];
    for (int i = 0; i < weights.length; i++) {
      double weight = sum == 0 ? exact[i] : exact[i] / sum;
      weights[i] = (int) (0.5 + weight * (1 << PRECISION_BITS));
    }
    return weights;
  }

  int size() {
    return start.length;
  }

  /** The position behind the last that counts for an output. */
  int end(int output) {
    return start[output] + weights[output].length;
  }
}
