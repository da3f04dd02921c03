package io.unmask.image.webp;

/**
 * Adds predictions from neighbours to differences (RFC 9649, section 4.1, by their numbers).
 *
 * @param data the pixels
 * @param pixelBytes from a component to that of the pixel to the right
 * @param stride from a component to that of the pixel below
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record NeighbourPrediction(byte[] data, int pixelBytes, int stride) {

  static NeighbourPrediction of(PixelArray pixels) {
    return new NeighbourPrediction(pixels.data(), pixels.pixelBytes(), pixels.stride());
  }

  /** Undoes one way of predicting for some pixels of a row. */
  void undo(int way, int pixel, int count) {
    int start = pixel * pixelBytes;
    int end = start + count * pixelBytes;
    int left = -pixelBytes;
    int above = -stride;
    int aboveLeft = above - pixelBytes;
    int aboveRight = above + pixelBytes;
    switch (way) {
      case 1 -> one(start, end, left);
      case 2 -> one(start, end, above);
      case 3 -> one(start, end, aboveRight);
      case 4 -> one(start, end, aboveLeft);
      case 5 -> meanOfThree(start, end);
      case 6 -> mean(start, end, left, aboveLeft);
      case 7 -> mean(start, end, left, above);
      case 8 -> mean(start, end, aboveLeft, above);
      case 9 -> mean(start, end, above, aboveRight);
      case 10 -> meanOfFour(start, end);
      case 11 -> select(start, end);
      case 12 -> gradient(start, end);
      case 13 -> halfGradient(start, end);
      default -> opaqueBlack(start, end);
    }
  }

  private void opaqueBlack(int start, int end) {
    for (int i = start + 3; i < end && pixelBytes == PixelArray.ALPHA_BYTES; i += pixelBytes) {
      data[i]--; // adds 255
    }
  }

  private void one(int start, int end, int neighbour) {
    for (int i = start; i < end; i++) {
      data[i] += data[i + neighbour];
    }
  }

  private void mean(int start, int end, int one, int other) {
    for (int i = start; i < end; i++) {
      data[i] += (byte) mean(u8(i + one), u8(i + other));
    }
  }

  private void meanOfThree(int start, int end) {
    for (int i = start; i < end; i++) {
      int sides = mean(u8(i - pixelBytes), u8(i - stride + pixelBytes));
      data[i] += (byte) mean(sides, u8(i - stride));
    }
  }

  private void meanOfFour(int start, int end) {
    for (int i = start; i < end; i++) {
      int first = mean(u8(i - pixelBytes), u8(i - stride - pixelBytes));
      data[i] += (byte) mean(first, mean(u8(i - stride), u8(i - stride + pixelBytes)));
    }
  }

  /** The pixel to the left or that above, whichever is nearer to left + above - above left. */
  private void select(int start, int end) {
    for (int i = start; i < end; i += pixelBytes) {
      int difference = 0;
      for (int c = i; c < i + pixelBytes; c++) {
        int corner = u8(c - stride - pixelBytes);
        difference += Math.abs(u8(c - pixelBytes) - corner) - Math.abs(u8(c - stride) - corner);
      }
      int chosen = difference <= 0 ? -stride : -pixelBytes;
      for (int c = i; c < i + pixelBytes; c++) {
        data[c] += data[c + chosen];
      }
    }
  }

  private void gradient(int start, int end) {
    for (int i = start; i < end; i++) {
      int sum = u8(i - pixelBytes) + u8(i - stride) - u8(i - stride - pixelBytes);
      data[i] += (byte) clamp(sum);
    }
  }

  private void halfGradient(int start, int end) {
    for (int i = start; i < end; i++) {
      int mean = mean(u8(i - pixelBytes), u8(i - stride));
      data[i] += (byte) clamp(mean + (mean - u8(i - stride - pixelBytes)) / 2);
    }
  }

  private int u8(int index) {
    return data[index] & 0xFF;
  }

  private static int mean(int a, int b) {
    return (a + b) >> 1;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
