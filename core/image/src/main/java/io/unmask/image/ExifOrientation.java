package io.unmask.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How an image has to be turned to stand upright (EXIF 2.32, tag 0x0112).
 *
 * @param value the tag's value, 1..8, where 1 is upright
 */
record ExifOrientation(int value) {

  static final ExifOrientation UPRIGHT = new ExifOrientation(1);

  private static final byte[] SIGNATURE = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TIFF_HEADER_BYTES = 8;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  /**
   * Reads the tag from the content of an APP1 segment.
   *
   * @return the orientation, upright if the segment has none or is damaged
   */
  static ExifOrientation parse(byte[] data, int offset, int length) {
    return isSigned(data, offset, length)
        ? parseTiff(data, offset + SIGNATURE.length, length - SIGNATURE.length)
        : UPRIGHT;
  }

  /**
   * Reads the tag from a chunk of a PNG or WebP, which has no signature; some programs write it all
   * the same.
   *
   * @return the orientation, upright if the chunk has none or is damaged
   */
  static ExifOrientation ofChunk(byte[] data, int offset, int length) {
    return isSigned(data, offset, length)
        ? parse(data, offset, length)
        : parseTiff(data, offset, length);
  }

  private static boolean isSigned(byte[] data, int offset, int length) {
    int end = SIGNATURE.length;
    return length >= end && Arrays.equals(data, offset, offset + end, SIGNATURE, 0, end);
  }

  private static ExifOrientation parseTiff(byte[] data, int offset, int length) {
    if (length < TIFF_HEADER_BYTES) {
      return UPRIGHT;
    }
    ByteBuffer tiff = ByteBuffer.wrap(data, offset, length).slice();
    int order = tiff.getShort(0);
    if (order == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != 0x4D4D) {
      return UPRIGHT;
    }
    int directory = tiff.getInt(4);
    if (tiff.getShort(2) != 42 || directory < 8 || directory > tiff.capacity() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry > tiff.capacity() - 12) {
        break;
      }
      if ((tiff.getShort(entry) & 0xFFFF) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8) & 0xFFFF;
        return value >= 1 && value <= 8 ? new ExifOrientation(value) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Returns a copy of the image that stands upright, or the image itself if it already does. */
  PixelSource apply(PixelSource source) {
    if (value == 1) {
      return source;
    }
    int width = transposes() ? source.height() : source.width();
    int height = transposes() ? source.width() : source.height();
    byte[] upright = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] columns = new int[source.width()];
    Arrays.setAll(columns, x -> x);
    float[] row = new float[3 * source.width()];
    int origin = 3 * ((flipsVertically() ? (height - 1) * width : 0) + (flips() ? width - 1 : 0));
    int right = flips() ? -3 : 3;
    int down = flipsVertically() ? -3 * width : 3 * width;
    int alongRow = transposes() ? down : right;
    int alongColumn = transposes() ? right : down;
    for (int y = 0; y < source.height(); y++) {
      source.readRow(y, columns, row);
      int out = origin + y * alongColumn;
      for (int in = 0; in < row.length; in += 3) {
        upright[out] = (byte) (int) row[in];
        upright[out + 1] = (byte) (int) row[in + 1];
        upright[out + 2] = (byte) (int) row[in + 2];
        out += alongRow;
      }
    }
    return new InterleavedPixels(width, height, upright, InterleavedPixels.Layout.rgb(width));
  }

  /** Whether the stored rows are the upright image's columns. */
  private boolean transposes() {
    return value >= 5;
  }

  /** Whether what is stored first belongs to the right of the upright image. */
  private boolean flips() {
    return value == 2 || value == 3 || value == 6 || value == 7;
  }

  /** Whether what is stored first belongs to the bottom of the upright image. */
  private boolean flipsVertically() {
    return value == 3 || value == 4 || value == 7 || value == 8;
  }
}
