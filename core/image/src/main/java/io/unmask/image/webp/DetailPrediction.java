package io.unmask.image.webp;

/**
 * Predicts blocks of 4x4 luma samples from the thirteen samples around them (RFC 6386, section
 * 12.3). The diagonal modes are means of two or three neighbours along that line of samples: from
 * the lowest on the left, up to the corner, and to the right.
 */
final class DetailPrediction {

  /** Where the corner lies on the line. */
  private static final int CORNER = 4;

  private static final int ABOVE = CORNER + 1;

  private final int[] line = new int[13];
  private final byte[] means = new byte[11]; // of up to three neighbours, or of two

  /**
   * Predicts a block.
   *
   * @param index of its first sample
   * @param right index of the first of the four samples to the right of those above it
   */
  void predict(int mode, Plane plane, int index, int right) {
    if (mode == ModeReader.TRUE_MOTION) {
      Prediction.trueMotion(plane, index, 4);
      return;
    }
    lookAround(plane, index, right);
    byte[] data = plane.data();
    int stride = plane.stride();
    switch (mode) {
      case ModeReader.DC -> fill(data, index, stride);
      case ModeReader.VERTICAL -> {
        three(0, ABOVE, 4);
        put(data, index, stride, 0, 0);
      }
      case ModeReader.HORIZONTAL -> horizontal(data, index, stride);
      case ModeReader.DOWN_RIGHT -> {
        three(0, 1, 7);
        put(data, index, stride, 3, -1);
      }
      case ModeReader.DOWN_LEFT -> {
        three(0, ABOVE + 1, 6);
        means[6] = average(line[ABOVE + 6], line[ABOVE + 7], line[ABOVE + 7]);
        put(data, index, stride, 0, 1);
      }
      case ModeReader.VERTICAL_RIGHT -> verticalRight(data, index, stride);
      case ModeReader.VERTICAL_LEFT -> verticalLeft(data, index, stride);
      case ModeReader.HORIZONTAL_DOWN -> horizontalDown(data, index, stride);
      default -> horizontalUp(data, index, stride);
    }
  }

  private void lookAround(Plane plane, int index, int right) {
    byte[] data = plane.data();
    int above = index - plane.stride();
    for (int i = 0; i < 4; i++) {
      line[3 - i] = data[index - 1 + i * plane.stride()] & 0xFF;
      line[ABOVE + i] = data[above + i] & 0xFF;
      line[ABOVE + 4 + i] = data[right + i] & 0xFF;
    }
    line[CORNER] = data[above - 1] & 0xFF;
  }

  /** Takes means of three neighbours, the first around that sample. */
  private void three(int at, int middle, int count) {
    for (int i = 0; i < count; i++) {
      int m = middle + i;
      means[at + i] = average(line[m - 1], line[m], line[m + 1]);
    }
  }

  /** Writes the means from one on, and a shift on in each further row. */
  private void put(byte[] data, int index, int stride, int from, int shift) {
    for (int y = 0; y < 4; y++) {
      System.arraycopy(means, from + shift * y, data, index + y * stride, 4);
    }
  }

  private void fill(byte[] data, int index, int stride) {
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum += line[i] + line[ABOVE + i];
    }
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        data[index + y * stride + x] = (byte) (sum >> 3);
      }
    }
  }

  private void horizontal(byte[] data, int index, int stride) {
    for (int y = 0; y < 4; y++) {
      int at = 3 - y;
      byte mean = average(line[at + 1], line[at], line[Math.max(0, at - 1)]);
      for (int x = 0; x < 4; x++) {
        data[index + y * stride + x] = mean;
      }
    }
  }

  private void verticalRight(byte[] data, int index, int stride) {
    three(0, 2, 2); // at the left edge of the lowest rows
    System.arraycopy(means, 0, means, 8, 2);
    three(4, CORNER, 4);
    for (int x = 0; x < 4; x++) {
      means[x] = average(line[CORNER + x], line[ABOVE + x]);
    }
    System.arraycopy(means, 0, data, index, 4);
    System.arraycopy(means, 4, data, index + stride, 4);
    data[index + 2 * stride] = means[9];
    System.arraycopy(means, 0, data, index + 2 * stride + 1, 3);
    data[index + 3 * stride] = means[8];
    System.arraycopy(means, 4, data, index + 3 * stride + 1, 3);
  }

  private void verticalLeft(byte[] data, int index, int stride) {
    for (int x = 0; x < 4; x++) {
      means[x] = average(line[ABOVE + x], line[ABOVE + x + 1]);
    }
    three(4, ABOVE + 1, 6);
    System.arraycopy(means, 0, data, index, 4);
    System.arraycopy(means, 4, data, index + stride, 4);
    System.arraycopy(means, 1, data, index + 2 * stride, 3);
    data[index + 2 * stride + 3] = means[8];
    System.arraycopy(means, 5, data, index + 3 * stride, 3);
    data[index + 3 * stride + 3] = means[9];
  }

  /** Means of two and of three take turns along each row, from the left up to the corner. */
  private void horizontalDown(byte[] data, int index, int stride) {
    for (int i = 0; i < 4; i++) {
      means[2 * i] = average(line[i], line[i + 1]);
      means[2 * i + 1] = average(line[i], line[i + 1], line[i + 2]);
    }
    three(8, ABOVE, 2);
    put(data, index, stride, 6, -2);
  }

  /** The same downwards; below the lowest sample on the left, all are as it is. */
  private void horizontalUp(byte[] data, int index, int stride) {
    for (int i = 0; i < 3; i++) {
      means[2 * i] = average(line[3 - i], line[2 - i]);
      means[2 * i + 1] = average(line[3 - i], line[2 - i], line[Math.max(0, 1 - i)]);
    }
    for (int i = 6; i < 10; i++) {
      means[i] = (byte) line[0];
    }
    put(data, index, stride, 0, 2);
  }

  private static byte average(int a, int b) {
    return (byte) ((a + b + 1) >> 1);
  }

  private static byte average(int a, int b, int c) {
    return (byte) ((a + 2 * b + c + 2) >> 2);
  }
}
