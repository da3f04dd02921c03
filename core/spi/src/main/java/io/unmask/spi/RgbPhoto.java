package io.unmask.spi;

/**
 * A photo over an array.
 *
 * @param rgb red, green and blue of each pixel, row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record RgbPhoto(int width, int height, byte[] rgb, Facts facts) implements Photo {

  RgbPhoto {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d x %d pixels are not in %d bytes, expected 3 for each"
              .formatted(width, height, rgb.length));
    }
  }

  @Override
  public void readRow(int y, int[] columns, float[] levels) {
    int row = 3 * width * y;
    int out = 0;
    for (int column : columns) {
      int in = row + 3 * column;
      levels[out] = rgb[in] & 0xFF;
      levels[out + 1] = rgb[in + 1] & 0xFF;
      levels[out + 2] = rgb[in + 2] & 0xFF;
      out += 3;
    }
  }
}
