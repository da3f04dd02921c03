package io.unmask.image;

import static io.unmask.image.ImageFormat.PNG;

import java.nio.ByteBuffer;

/**
 * A PNG's IHDR chunk (PNG 1.2, section 11.2.2).
 *
 * @param width columns
 * @param height rows
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param color what the samples are
 * @param interlaced whether the image comes in Adam7's seven passes
 */
record PngHeader(int width, int height, int depth, Color color, boolean interlaced) {

  static final int BYTES = 13;

  /** What the samples of a pixel are. */
  enum Color {
    GRAY(1, 0b11111),
    RGB(3, 0b11000),
    PALETTE(1, 0b01111),
    GRAY_ALPHA(2, 0b11000),
    RGB_ALPHA(4, 0b11000);

    private final int samples;
    private final int depths;

    Color(int samples, int depths) {
      this.samples = samples;
      this.depths = depths;
    }

    /** Samples of a pixel in the file. */
    int samples() {
      return samples;
    }

    /** Samples of a pixel without transparency. */
    int opaqueSamples() {
      return samples < 3 ? 1 : 3;
    }

    private boolean allows(int depth) {
      return Integer.bitCount(depth) == 1 && depth <= 16 && (depths & depthBit(depth)) != 0;
    }

    private static int depthBit(int depth) {
      return 1 << Integer.numberOfTrailingZeros(depth);
    }
  }

  static PngHeader parse(byte[] encoded, int offset) throws UnreadableException {
    ByteBuffer chunk = ByteBuffer.wrap(encoded, offset, BYTES);
    int width = chunk.getInt();
    int height = chunk.getInt();
    int depth = chunk.get();
    int type = chunk.get();
    Color color =
        switch (type) {
          case 0 -> Color.GRAY;
          case 2 -> Color.RGB;
          case 3 -> Color.PALETTE;
          case 4 -> Color.GRAY_ALPHA;
          case 6 -> Color.RGB_ALPHA;
          default ->
              throw UnreadableException.malformed(PNG, "its header says colour type " + type);
        };
    if (!color.allows(depth)) {
      throw UnreadableException.malformed(
          PNG, "its header says " + depth + " bits for colour type " + type);
    }
    int compression = chunk.get();
    int filter = chunk.get();
    int interlace = chunk.get();
    if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw UnreadableException.malformed(
          PNG,
          "its header says compression "
              + compression
              + ", filter "
              + filter
              + ", interlace "
              + interlace);
    }
    return new PngHeader(width, height, depth, color, interlace == 1);
  }

  /** Bytes of a row of that many pixels, without the filter byte. */
  long rowBytes(long columns) {
    return (columns * color.samples() * depth + 7) / 8;
  }

  /** The distance that filters look back, at least 1. */
  int filterDistance() {
    return Math.max(1, color.samples() * depth / 8);
  }
}
