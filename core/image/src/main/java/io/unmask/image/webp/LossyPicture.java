package io.unmask.image.webp;

/**
 * A decoded lossy picture: a luma sample for each pixel, chroma samples for each two by two.
 *
 * <p>Chroma is interpolated and converted where it is asked for, with libwebp's arithmetic ("fancy"
 * upsampling in upsampling.c, and yuv.h), and gives the same bytes.
 *
 * @param width columns shown
 * @param height rows shown
 * @param luma Y
 * @param blue U
 * @param red V
 */
record LossyPicture(int width, int height, Plane luma, Plane blue, Plane red) implements Picture {

  private static final int FRACTION_BITS = 6;

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    byte[] u = blue.data();
    byte[] v = red.data();
    int lumaRow = luma.index(0, y);
    int near = blue.index(0, y >> 1);
    int far = blue.index(0, neighbour(y, height));
    int out = 0;
    for (int column : columns) {
      int beside = neighbour(column, width);
      int x = column >> 1;
      int level = product(luma.data()[lumaRow + column] & 0xFF, 19077);
      int cb = between(u, near + x, near + beside, far + x, far + beside);
      int cr = between(v, near + x, near + beside, far + x, far + beside);
      rgb[out] = clamp(level + product(cr, 26149) - 14234);
      rgb[out + 1] = clamp(level - product(cb, 6419) - product(cr, 13320) + 8708);
      rgb[out + 2] = clamp(level + product(cb, 33050) - 17685);
      out += 3;
    }
  }

  /** The chroma row or column that is second nearest to a pixel, as far as there is one. */
  private static int neighbour(int pixel, int pixels) {
    int second = (pixel >> 1) + ((pixel & 1) == 0 ? -1 : 1);
    return Math.max(0, Math.min((pixels - 1) >> 1, second));
  }

  /** Three quarters of the nearer and one of the farther, in both directions. */
  private static int between(byte[] plane, int nearest, int beside, int across, int diagonal) {
    return (9 * (plane[nearest] & 0xFF)
            + 3 * ((plane[beside] & 0xFF) + (plane[across] & 0xFF))
            + (plane[diagonal] & 0xFF)
            + 8)
        >> 4;
  }

  private static int product(int sample, int factor) {
    return (sample * factor) >> 8;
  }

  private static int clamp(int fixed) {
    return Math.max(0, Math.min(255, fixed >> FRACTION_BITS));
  }
}
