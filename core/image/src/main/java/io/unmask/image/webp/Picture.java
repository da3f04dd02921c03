package io.unmask.image.webp;

/** A decoded picture. Instances are immutable. */
public interface Picture {

  /** Columns, 1..16384. */
  int width();

  /** Rows, 1..16384. */
  int height();

  /**
   * Copies some pixels of one row, whose alpha is dropped and not blended.
   *
   * @param y the row
   * @param columns the columns wanted, each in 0..width-1
   * @param rgb receives red, green and blue of each of them in 0..255, one after the other
   */
  void readRow(int y, int[] columns, float[] rgb);
}
