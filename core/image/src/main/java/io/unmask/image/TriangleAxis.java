package io.unmask.image;

/**
 * For each position of the output along one axis, the positions of the input that count and by how
 * much.
 *
 * @param start the first of them
 * @param weights of it and of those that follow; they add up to 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record TriangleAxis(int[] start, float[][] weights) {

  /**
   * Computes them as TensorFlow does (scale_and_translate_op.cc, {@code ComputeSpansCore}, with the
   * triangle kernel, whose radius is 1, and antialiasing).
   */
  static TriangleAxis of(int inputSize, int outputSize) {
    int[] start = new int[outputSize];
    float[][] weights = new float[outputSize][];
    float scale = outputSize / (float) inputSize;
    float inverse = (float) (1.0 / scale);
    float radius = Math.max(inverse, 1f);
    float perRadius = 1f / radius;
    for (int i = 0; i < outputSize; i++) {
      float centre = (i + 0.5f) * inverse;
      int first = clamp((int) Math.ceil(centre - radius - 0.5f), inputSize);
      int last = clamp((int) Math.floor(centre + radius - 0.5f), inputSize);
      float[] span = new float[last - first + 1];
      float sum = 0;
      for (int position = first; position <= last; position++) {
        float distance = Math.abs((position + 0.5f - centre) * perRadius);
        span[position - first] = Math.max(0f, 1f - distance);
        sum += span[position - first];
      }
      float perSum = 1f / sum;
      for (int k = 0; k < span.length; k++) {
        span[k] *= perSum;
      }
      start[i] = first;
      weights[i] = span;
    }
    return new TriangleAxis(start, weights);
  }

  private static int clamp(int position, int size) {
    return Math.max(0, Math.min(size - 1, position));
  }

  int size() {
    return start.length;
  }

  /** The position behind the last that counts for an output. */
  int end(int output) {
    return start[output] + weights[output].length;
  }

  /** The most outputs that any one position counts for. */
  int mostOutputs() {
    int most = 1;
    int first = 0;
    for (int output = 0; output < size(); output++) {
      while (end(first) <= start[output]) {
        first++;
      }
      most = Math.max(most, output - first + 1);
    }
    return most;
  }
}
