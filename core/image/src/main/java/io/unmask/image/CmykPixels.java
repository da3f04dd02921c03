package io.unmask.image;

/**
 * Pixels in the four inks of a JPEG for print.
 *
 * <p>YCCK becomes CMYK as in libjpeg (jdcolor.c, {@code ycck_cmyk_convert}) and CMYK becomes RGB as
 * in TensorFlow (jpeg_mem.cc): files with an Adobe marker hold the inks inverted.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param data the four components of each pixel, row by row
 * @param ycck whether the first three components are luma and chroma
 * @param inverted whether 255 stands for no ink
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record CmykPixels(int width, int height, byte[] data, boolean ycck, boolean inverted)
    implements PixelSource {

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int out = 0;
    for (int column : columns) {
      int in = (y * width + column) * 4;
      int cyan = data[in] & 0xFF;
      int magenta = data[in + 1] & 0xFF;
      int yellow = data[in + 2] & 0xFF;
      if (ycck) {
        int luma = cyan;
        int cb = magenta;
        int cr = yellow;
        cyan = 255 - (int) YcbcrPixels.red(luma, cr);
        magenta = 255 - (int) YcbcrPixels.green(luma, cb, cr);
        yellow = 255 - (int) YcbcrPixels.blue(luma, cb);
      }
      int black = data[in + 3] & 0xFF;
      rgb[out] = mix(cyan, black);
      rgb[out + 1] = mix(magenta, black);
      rgb[out + 2] = mix(yellow, black);
      out += 3;
    }
  }

  private int mix(int ink, int black) {
    return inverted ? black * ink / 255 : (255 - black) * (255 - ink) / 255;
  }
}
