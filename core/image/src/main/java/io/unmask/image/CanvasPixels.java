package io.unmask.image;

import io.unmask.image.webp.Picture;
import java.util.Arrays;

/**
 * A picture on a canvas that is black around it.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param picture on it
 * @param left columns to the left of the picture
 * @param top rows above it
 */
record CanvasPixels(int width, int height, Picture picture, int left, int top)
    implements PixelSource {

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    if (picture.width() == width && picture.height() == height) {
      picture.readRow(y, columns, rgb);
    } else {
      readPart(y - top, columns, rgb);
    }
  }

  private void readPart(int row, int[] columns, float[] rgb) {
    int[] column = new int[1];
    float[] pixel = new float[3];
    for (int i = 0; i < columns.length; i++) {
      column[0] = columns[i] - left;
      Arrays.fill(pixel, 0);
      if (row >= 0 && row < picture.height() && column[0] >= 0 && column[0] < picture.width()) {
        picture.readRow(row, column, pixel);
      }
      System.arraycopy(pixel, 0, rgb, 3 * i, pixel.length);
    }
  }
}
