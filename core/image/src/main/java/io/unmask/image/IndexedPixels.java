package io.unmask.image;

/**
 * Pixels that are indices into a palette.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param indices one byte a pixel, row by row
 * @param palette 256 colours of three bytes, red first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record IndexedPixels(int width, int height, byte[] indices, byte[] palette) implements PixelSource {

  /** Bytes in a palette: any index of one byte is inside it. */
  static final int PALETTE_BYTES = 256 * 3;

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int row = y * width;
    int out = 0;
    for (int column : columns) {
      int colour = (indices[row + column] & 0xFF) * 3;
      rgb[out] = palette[colour] & 0xFF;
      rgb[out + 1] = palette[colour + 1] & 0xFF;
      rgb[out + 2] = palette[colour + 2] & 0xFF;
      out += 3;
    }
  }
}
