package io.unmask.image.webp;

/**
 * Pixels of a lossless picture, of which each step of decoding changes the colours in place.
 *
 * @param width columns
 * @param height rows
 * @param data red, green, blue and, if it differs between pixels, alpha of each
 * @param pixelBytes 3 without alpha, or 4
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record PixelArray(int width, int height, byte[] data, int pixelBytes) implements Picture {

  static final int OPAQUE_BYTES = 3;
  static final int ALPHA_BYTES = 4;

  static PixelArray of(int width, int height, boolean alpha) {
    int pixelBytes = alpha ? ALPHA_BYTES : OPAQUE_BYTES;
    byte[] data = new byte[Math.multiplyExact(Math.multiplyExact(width, height), pixelBytes)];
    return new PixelArray(width, height, data, pixelBytes);
  }

  /** Bytes from a row to the next. */
  int stride() {
    return width * pixelBytes;
  }

  int red(int pixel) {
    return data[pixel * pixelBytes] & 0xFF;
  }

  int green(int pixel) {
    return data[pixel * pixelBytes + 1] & 0xFF;
  }

  int blue(int pixel) {
    return data[pixel * pixelBytes + 2] & 0xFF;
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int row = y * stride();
    int out = 0;
    for (int column : columns) {
      int in = row + column * pixelBytes;
      rgb[out] = data[in] & 0xFF;
      rgb[out + 1] = data[in + 1] & 0xFF;
      rgb[out + 2] = data[in + 2] & 0xFF;
      out += 3;
    }
  }
}
