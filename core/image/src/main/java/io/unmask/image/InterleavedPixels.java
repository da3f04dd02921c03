package io.unmask.image;

/**
 * Pixels whose red, green and blue bytes lie side by side in an array.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param data the array, which is not copied
 * @param layout where in the array a component lies
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record InterleavedPixels(int width, int height, byte[] data, Layout layout) implements PixelSource {

  /**
   * Component {@code c} of pixel {@code (x, y)} is at {@code origin + y * rowStride + x *
   * pixelStride + c}.
   *
   * @param origin index of the top left pixel
   * @param rowStride from a row to the next, negative when rows are stored from the bottom up
   * @param pixelStride from a pixel to the next
   * @param red offset of the red component
   * @param green offset of the green component
   * @param blue offset of the blue component
   */
  record Layout(int origin, int rowStride, int pixelStride, int red, int green, int blue) {

    static Layout rgb(int width) {
      return new Layout(0, 3 * width, 3, 0, 1, 2);
    }

    static Layout gray(int width) {
      return new Layout(0, width, 1, 0, 0, 0);
    }
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int row = layout.origin + y * layout.rowStride;
    int stride = layout.pixelStride;
    int red = row + layout.red;
    int green = row + layout.green;
    int blue = row + layout.blue;
    int out = 0;
    for (int column : columns) {
      int x = column * stride;
      rgb[out] = data[red + x] & 0xFF;
      rgb[out + 1] = data[green + x] & 0xFF;
      rgb[out + 2] = data[blue + x] & 0xFF;
      out += 3;
    }
  }
}
