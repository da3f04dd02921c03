package io.unmask.image;

import java.util.Arrays;

/**
 * For each position of the output along one axis, the two positions of the input that it lies
 * between.
 *
 * @param first the nearer to the origin
 * @param second the farther, at most one more
 * @param weight of the second, in [0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record ResizeAxis(int[] first, int[] second, float[] weight) {

  /** Computes them as TensorFlow does ({@code HalfPixelScaler} in image_resizer_state.h). */
  static ResizeAxis of(int inputSize, int outputSize) {
    int[] first = new int[outputSize];
    int[] second = new int[outputSize];
    float[] weight = new float[outputSize];
    float scale = inputSize / (float) outputSize;
    for (int i = 0; i < outputSize; i++) {
      float position = (i + 0.5f) * scale - 0.5f;
      int below = (int) Math.floor(position);
      first[i] = Math.max(below, 0);
      second[i] = Math.min((int) Math.ceil(position), inputSize - 1);
      weight[i] = position - below;
    }
    return new ResizeAxis(first, second, weight);
  }

  /** The distinct input positions that are used, ascending. */
  int[] positions() {
    int[] positions = new int[2 * first.length];
    int count = 0;
    for (int i = 0; i < first.length; i++) {
      for (int position : new int[] {first[i], second[i]}) {
        if (count == 0 || positions[count - 1] < position) {
          positions[count++] = position;
        }
      }
    }
    return Arrays.copyOf(positions, count);
  }

  /**
   * The same axis over an input that consists of {@link #positions()} only. There the second is
   * always one more than the first, also beyond the end, with no weight where both were the same.
   */
  ResizeAxis compact() {
    int[] positions = positions();
    int[] compactFirst = new int[first.length];
    int[] compactSecond = new int[second.length];
    float[] compactWeight = new float[weight.length];
    for (int i = 0; i < first.length; i++) {
      compactFirst[i] = Arrays.binarySearch(positions, first[i]);
      compactSecond[i] = compactFirst[i] + 1;
      compactWeight[i] = first[i] == second[i] ? 0 : weight[i];
    }
    return new ResizeAxis(compactFirst, compactSecond, compactWeight);
  }
}
