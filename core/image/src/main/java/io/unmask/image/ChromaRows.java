package io.unmask.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Smooths components that a JPEG stores at half height and full width (4:4:0).
 *
 * <p>TensorFlow's libjpeg-turbo interpolates their rows (jdsample.c, {@code h1v2_fancy_upsample}),
 * while the older libjpeg that most Java runtimes bundle doubles them. A doubled row still is the
 * stored one, so the interpolation can be made up for.
 */
final class ChromaRows {

  /** Rows 0..15 of {@link #probe()} show the first stored chroma block. */
  private static final int LAST_ROW_OF_BLOCK = 15;

  private ChromaRows() {}

  /**
   * An image of 8x32 pixels in 4:4:0 whose second component steps down in the middle: the scan is
   * two units of four blocks, each a DC difference (0 is code 0, seven bits follow code 10) and an
   * end of block (code 0).
   */
  static byte[] probe() {
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 1);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    write(jpeg, 0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0);
    jpeg.writeBytes(ones);
    write(jpeg, 0xFF, 0xC0, 0, 17, 8, 0, 32, 0, 8, 3, 1, 0x12, 0, 2, 0x11, 0, 3, 0x11, 0);
    write(jpeg, 0xFF, 0xC4, 0, 21, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);
    write(jpeg, 0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    write(jpeg, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0);
    write(jpeg, 0b0000_1011, 0b0010_0000, 0b0000_1000, 0b1101_1000, 0xFF, 0xD9);
    return jpeg.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }

  /** Whether a decoder that makes these components of {@link #probe()} doubles rows. */
  static boolean areDoubled(byte[] probeComponents) {
    int rowBytes = 8 * 3;
    int last = LAST_ROW_OF_BLOCK * rowBytes + 1;
    return probeComponents[last] == probeComponents[last - rowBytes];
  }

  /**
   * Interpolates the doubled rows of some components in place.
   *
   * @param header tells the size and which components
   * @param data the components of each pixel, row by row
   */
  static void smooth(JpegHeader header, byte[] data) {
    int components = header.colors().components();
    int rowBytes = header.width() * components;
    byte[] above = new byte[rowBytes];
    byte[] stored = new byte[rowBytes];
    for (int y = 0; y < header.height(); y += 2) {
      int row = y * rowBytes;
      System.arraycopy(data, row, stored, 0, rowBytes);
      if (y == 0) {
        System.arraycopy(stored, 0, above, 0, rowBytes);
      }
      boolean hasSecond = y + 1 < header.height();
      int below = y + 2 < header.height() ? row + 2 * rowBytes : row + (hasSecond ? rowBytes : 0);
      for (int component = 0; component < components; component++) {
        if (!header.isHalfHeight(component)) {
          continue;
        }
        for (int i = component; i < rowBytes; i += components) {
          int level = 3 * (stored[i] & 0xFF);
          if (hasSecond) {
            data[row + rowBytes + i] = (byte) ((level + (data[below + i] & 0xFF) + 2) >> 2);
          }
          data[row + i] = (byte) ((level + (above[i] & 0xFF) + 1) >> 2);
        }
      }
      byte[] swap = above;
      above = stored;
      stored = swap;
    }
  }
}
