package io.unmask.image;

/**
 * A decoded image that hands out pixels as 8-bit RGB.
 *
 * <p>The resizer asks for the rows and columns that it interpolates between and no others, so that
 * a source converts colours only where they are needed. Instances are immutable once made.
 */
interface PixelSource {

  /** Columns of the image, at least 1. */
  int width();

  /** Rows of the image, at least 1. */
  int height();

  /**
   * Copies some pixels of one row.
   *
   * @param y the row
   * @param columns the columns wanted, each in 0..width-1
   * @param rgb receives red, green and blue of each of them in 0..255, one after the other
   */
  void readRow(int y, int[] columns, float[] rgb);
}
