package io.unmask.image.webp;

import java.util.Arrays;

/**
 * Samples of luma or chroma, in whole macroblocks, with the border that prediction at the edges
 * looks at: 127 above the picture, 129 to the left of it (RFC 6386, section 12.2).
 *
 * @param data the samples; the first row, the first column and the last four are the border
 * @param stride from a row to the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record Plane(byte[] data, int stride) {

  private static final byte ABOVE = 127;
  private static final byte LEFT = (byte) 129;
  private static final int RIGHT_COLUMNS = 4;

  static Plane of(int columns, int rows) {
    int stride = 1 + columns + RIGHT_COLUMNS;
    byte[] data = new byte[stride * (rows + 1)];
    Arrays.fill(data, 0, stride, ABOVE);
    for (int y = 1; y <= rows; y++) {
      data[y * stride] = LEFT;
    }
    return new Plane(data, stride);
  }

  /** The index of a sample. */
  int index(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  /** Repeats the last sample of a row in the border, unless it is the row above the picture. */
  void extendRow(int y) {
    if (y >= 0) {
      int border = index(stride - 1 - RIGHT_COLUMNS, y);
      Arrays.fill(data, border, border + RIGHT_COLUMNS, data[border - 1]);
    }
  }
}
