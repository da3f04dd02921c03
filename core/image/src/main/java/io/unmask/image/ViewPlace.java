package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Region;

/**
 * The place in a photo of an image that a network was shown. Immutable.
 *
 * @param region the part of the photo that the image shows
 * @param format the image's size
 * @param copied whether the image has the photo's own pixels, continued by reflection if the region
 *     is smaller; otherwise they were resized
 * @param mirrored whether the image is mirrored, left to right
 */
public record ViewPlace(Region region, InputFormat format, boolean copied, boolean mirrored) {

  /**
   * Adds the numbers in a map of the image to a map of the photo. The number of each cell is
   * divided among the cells of the photo's map by the area that they have in common, so that the
   * sum stays the same.
   *
   * @param map the numbers of cells that divide the image evenly, row by row
   * @param rows the number of rows of cells in the image
   * @param target the numbers of cells that divide a part of the photo evenly, row by row; the part
   *     contains the region
   * @param part that part of the photo
   * @param targetRows the number of rows of cells in it
   */
  public void add(double[] map, int rows, double[] target, Region part, int targetRows) {
    int columns = map.length / rows;
    int targetColumns = target.length / targetRows;
    double[][] down =
        new ViewAxis(region.top(), region.height(), format.height(), copied, false)
            .shares(rows, part.top(), part.height(), targetRows);
    double[][] across =
        new ViewAxis(region.left(), region.width(), format.width(), copied, mirrored)
            .shares(columns, part.left(), part.width(), targetColumns);
    for (int i = 0; i < map.length; i++) {
      double[] ofRow = down[i / columns];
      double[] ofColumn = across[i % columns];
      for (int row = 0; row < targetRows; row++) {
        for (int column = 0; ofRow[row] != 0 && column < targetColumns; column++) {
          target[row * targetColumns + column] += map[i] * ofRow[row] * ofColumn[column];
        }
      }
    }
  }

  /** Returns this place for the mirrored image. */
  public ViewPlace inMirror() {
    return new ViewPlace(region, format, copied, !mirrored);
  }

  /**
   * Returns the height of a cell in pixels of the photo, if this many rows of cells divide the
   * image.
   */
  public double cellHeight(int rows) {
    return (double) (copied ? format.height() : region.height()) / rows;
  }

  /**
   * Returns the width of a cell in pixels of the photo, if this many columns of cells divide the
   * image.
   */
  public double cellWidth(int columns) {
    return (double) (copied ? format.width() : region.width()) / columns;
  }
}
