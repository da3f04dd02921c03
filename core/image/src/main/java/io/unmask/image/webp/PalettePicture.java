package io.unmask.image.webp;

/**
 * A lossless picture of up to 256 colours.
 *
 * @param width columns
 * @param bundles the pixels as they are stored
 * @param palette their colours
 */
record PalettePicture(int width, PixelArray bundles, Palette palette) implements Picture {

  @Override
  public int height() {
    return bundles.height();
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    byte[] colors = palette.colors();
    int out = 0;
    for (int column : columns) {
      int color = palette.color(bundles, column, y);
      rgb[out] = colors[color] & 0xFF;
      rgb[out + 1] = colors[color + 1] & 0xFF;
      rgb[out + 2] = colors[color + 2] & 0xFF;
      out += 3;
    }
  }
}
