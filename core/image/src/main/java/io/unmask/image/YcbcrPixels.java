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

  // What the distance of a chroma byte from 128 adds to a colour, or takes from green.
  static final int RED_CR = 91881; // 1.40200 in 16-bit fixed point
  static final int BLUE_CB = 116130; // 1.77200
  static final int GREEN_CR = 46802; // 0.71414
  static final int GREEN_CB = 22554; // 0.34414

  static final int HALF = 1 << 15;

  /** What a chroma byte adds to the luma; for green, two of them are added and then shifted. */
  private static final int[] CR_TO_RED = contributions(RED_CR, 16);

  private static final int[] CB_TO_BLUE = contributions(BLUE_CB, 16);
  private static final int[] CR_TO_GREEN = contributions(-GREEN_CR, 0);
  private static final int[] CB_TO_GREEN = contributions(-GREEN_CB, 0);

  /** The level nearest to {@code index - LOWEST}; a sum is within -256..767. */
  private static final float[] CLAMPED = new float[1024];

  private static final int LOWEST = 256;

  static {
    for (int i = 0; i < CLAMPED.length; i++) {
      CLAMPED[i] = Math.max(0, Math.min(255, i - LOWEST));
    }
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
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

  static float red(int luma, int cr) {
    return clamp(luma + CR_TO_RED[cr & 0xFF]);
  }

  static float green(int luma, int cb, int cr) {
    return clamp(luma + ((CB_TO_GREEN[cb & 0xFF] + CR_TO_GREEN[cr & 0xFF]) >> 16));
  }

  static float blue(int luma, int cb) {
    return clamp(luma + CB_TO_BLUE[cb & 0xFF]);
  }

  private static float clamp(int sum) {
    return CLAMPED[(sum + LOWEST) & (CLAMPED.length - 1)];
  }

  /** For each chroma byte, which stands for 0..255, its distance from 128 times a factor. */
  private static int[] contributions(int factor, int shift) {
    int[] contributions = new int[256];
    for (int chroma = 0; chroma < 256; chroma++) {
      int rounding = shift == 0 ? HALF / 2 : HALF; // green's two add up to one half
      contributions[chroma] = (factor * (chroma - 128) + rounding) >> shift;
    }
    return contributions;
  }
}
