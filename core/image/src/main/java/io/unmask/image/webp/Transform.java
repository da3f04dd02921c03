package io.unmask.image.webp;

/** Turns coefficients into differences of samples (RFC 6386, section 14). */
final class Transform {

  /** Square roots of two times cosine and sine of 22.5 degrees, in 16-bit fixed point, less 1. */
  private static final int COSINE = 20091;

  private static final int SINE = 35468;

  private Transform() {}

  /** Undoes the transform of the luma blocks' means: each becomes a block's first coefficient. */
  static void means(short[] in, short[] blocks) {
    int[] columns = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = in[i] + in[12 + i];
      int b = in[4 + i] + in[8 + i];
      int c = in[4 + i] - in[8 + i];
      int d = in[i] - in[12 + i];
      columns[i] = a + b;
      columns[4 + i] = d + c;
      columns[8 + i] = a - b;
      columns[12 + i] = d - c;
    }
    for (int i = 0; i < 16; i += 4) {
      int rounded = columns[i] + 3;
      int a = rounded + columns[i + 3];
      int b = columns[i + 1] + columns[i + 2];
      int c = columns[i + 1] - columns[i + 2];
      int d = rounded - columns[i + 3];
      int out = i * Macroblock.COEFFICIENTS;
      blocks[out] = (short) ((a + b) >> 3);
      blocks[out + Macroblock.COEFFICIENTS] = (short) ((d + c) >> 3);
      blocks[out + 2 * Macroblock.COEFFICIENTS] = (short) ((a - b) >> 3);
      blocks[out + 3 * Macroblock.COEFFICIENTS] = (short) ((d - c) >> 3);
    }
  }

  /**
   * Adds a block's differences to the prediction.
   *
   * @param in the coefficients, from an index on
   * @param end one more than the position of the last
   * @param scratch 16 numbers
   */
  static void add(short[] in, int block, int end, Plane plane, int index, int[] scratch) {
    if (end > 1) {
      addAll(in, block, plane, index, scratch);
    } else if (in[block] != 0) {
      addMean((in[block] + 4) >> 3, plane, index);
    }
  }

  private static void addMean(int mean, Plane plane, int index) {
    byte[] data = plane.data();
    for (int y = 0, row = index; y < 4; y++, row += plane.stride()) {
      for (int x = row; x < row + 4; x++) {
        data[x] = clamp((data[x] & 0xFF) + mean);
      }
    }
  }

  private static void addAll(short[] in, int block, Plane plane, int index, int[] columns) {
    for (int i = 0; i < 4; i++) {
      int at = block + i;
      int a = in[at] + in[at + 8];
      int b = in[at] - in[at + 8];
      int c = sine(in[at + 4]) - cosine(in[at + 12]);
      int d = cosine(in[at + 4]) + sine(in[at + 12]);
      columns[4 * i] = a + d;
      columns[4 * i + 1] = b + c;
      columns[4 * i + 2] = b - c;
      columns[4 * i + 3] = a - d;
    }
    byte[] data = plane.data();
    for (int y = 0, row = index; y < 4; y++, row += plane.stride()) {
      int rounded = columns[y] + 4;
      int a = rounded + columns[y + 8];
      int b = rounded - columns[y + 8];
      int c = sine(columns[y + 4]) - cosine(columns[y + 12]);
      int d = cosine(columns[y + 4]) + sine(columns[y + 12]);
      data[row] = clamp((data[row] & 0xFF) + ((a + d) >> 3));
      data[row + 1] = clamp((data[row + 1] & 0xFF) + ((b + c) >> 3));
      data[row + 2] = clamp((data[row + 2] & 0xFF) + ((b - c) >> 3));
      data[row + 3] = clamp((data[row + 3] & 0xFF) + ((a - d) >> 3));
    }
  }

  private static int cosine(int a) {
    return ((a * COSINE) >> 16) + a;
  }

  private static int sine(int a) {
    return (a * SINE) >> 16;
  }

  private static byte clamp(int sample) {
    return (byte) Math.max(0, Math.min(255, sample));
  }
}
