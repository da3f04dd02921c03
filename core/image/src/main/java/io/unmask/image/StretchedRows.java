package io.unmask.image;

/** Rows of a part of a picture, each stretched to as many pixels as a target is wide. */
interface StretchedRows {

  /**
   * Reads a row and interpolates along it.
   *
   * @param y the row of the picture
   * @param levels receives three for each pixel, in an order that depends on the kind of rows
   */
  void read(int y, float[] levels);

  /**
   * Puts levels into the order of pixels.
   *
   * @param levels in the order of these rows
   * @param rgb receives red, green and blue of one pixel after the other
   */
  void arrange(float[] levels, float[] rgb);
}
