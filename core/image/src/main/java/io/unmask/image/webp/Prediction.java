package io.unmask.image.webp;

import java.util.Arrays;

/**
 * Predicts squares of 8x8 and 16x16 samples from those above and to the left (RFC 6386, sections
 * 12.2 and 12.3). The plane's border stands in where there are none, but for means.
 */
final class Prediction {

  private static final int LEFT_OF_NOTHING = 128;

  private Prediction() {}

  /** Predicts a square whose side is that power of two, at that column and row of the plane. */
  static void predict(int mode, Plane plane, int x, int y, int log2) {
    int side = 1 << log2;
    int index = plane.index(x, y);
    switch (mode) {
      case ModeReader.DC -> fill(plane, index, side, mean(plane, x, y, log2));
      case ModeReader.VERTICAL -> vertical(plane, index, side);
      case ModeReader.HORIZONTAL -> horizontal(plane, index, side);
      default -> trueMotion(plane, index, side);
    }
  }

  private static byte mean(Plane plane, int x, int y, int log2) {
    int side = 1 << log2;
    int index = plane.index(x, y);
    int sum = 0;
    int shift = log2 - 1;
    if (y > 0) {
      for (int i = 0; i < side; i++) {
        sum += plane.data()[index - plane.stride() + i] & 0xFF;
      }
      shift++;
    }
    if (x > 0) {
      for (int i = 0; i < side; i++) {
        sum += plane.data()[index - 1 + i * plane.stride()] & 0xFF;
      }
      shift++;
    }
    return (byte) (x > 0 || y > 0 ? (sum + (1 << shift >> 1)) >> shift : LEFT_OF_NOTHING);
  }

  private static void fill(Plane plane, int index, int side, byte value) {
    for (int i = 0, row = index; i < side; i++, row += plane.stride()) {
      Arrays.fill(plane.data(), row, row + side, value);
    }
  }

  private static void vertical(Plane plane, int index, int side) {
    for (int i = 0, row = index; i < side; i++, row += plane.stride()) {
      System.arraycopy(plane.data(), index - plane.stride(), plane.data(), row, side);
    }
  }

  private static void horizontal(Plane plane, int index, int side) {
    for (int i = 0, row = index; i < side; i++, row += plane.stride()) {
      Arrays.fill(plane.data(), row, row + side, plane.data()[row - 1]);
    }
  }

  /** What the sample above is more than its left neighbour is added to the left sample. */
  static void trueMotion(Plane plane, int index, int side) {
    byte[] data = plane.data();
    int above = index - plane.stride();
    int corner = data[above - 1] & 0xFF;
    for (int i = 0, row = index; i < side; i++, row += plane.stride()) {
      int step = (data[row - 1] & 0xFF) - corner;
      for (int x = 0; x < side; x++) {
        data[row + x] = (byte) Math.max(0, Math.min(255, step + (data[above + x] & 0xFF)));
      }
    }
  }
}
