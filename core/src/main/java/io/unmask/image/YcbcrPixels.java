package io.unmask.image;

/**
 * Pixels in the luma and chroma of a JPEG.
 *
 * <p>The conversion is libjpeg's, in 16-bit fixed point (jdcolor.c, {@code build_ycc_rgb_table} and
 * {@code ycc_rgb_convert}), and gives the same bytes.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param data Y, Cb and Cr of each pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record YcbcrPixels(int width, int height, byte[] data) implements PixelSource {

  private static final int HALF = 1 << 15;
  private static final int CR_TO_RED = fixed(1.40200);
  private static final int CB_TO_BLUE = fixed(1.77200);
  private static final int CR_TO_GREEN = fixed(0.71414);
  private static final int CB_TO_GREEN = fixed(0.34414);

  @Override
  public void readRow(int y, int[] columns, byte[] rgb) {
    int row = y * width;
    int out = 0;
    for (int column : columns) {
      int in = (row + column) * 3;
      int luma = data[in] & 0xFF;
      int cb = data[in + 1];
      int cr = data[in + 2];
      rgb[out] = red(luma, cr);
      rgb[out + 1] = green(luma, cb, cr);
      rgb[out + 2] = blue(luma, cb);
      out += 3;
    }
  }

  static byte red(int luma, int cr) {
    return clamp(luma + ((CR_TO_RED * centred(cr) + HALF) >> 16));
  }

  static byte green(int luma, int cb, int cr) {
    return clamp(luma + ((-CB_TO_GREEN * centred(cb) - CR_TO_GREEN * centred(cr) + HALF) >> 16));
  }

  static byte blue(int luma, int cb) {
    return clamp(luma + ((CB_TO_BLUE * centred(cb) + HALF) >> 16));
  }

  /** A chroma byte, which stands for 0..255, less 128. */
  private static int centred(int chroma) {
    return (chroma & 0xFF) - 128;
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int fixed(double value) {
    return (int) (value * (1 << 16) + 0.5);
  }
}
