package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Region;

/**
 * Where an image that a network was shown lies in its photo. Immutable.
 *
 * @param region what of the photo it shows
 * @param format the image's size
 * @param copied whether it has the photo's own pixels, continued by reflection where the region is
 *     smaller; else they were resized
 * @param mirrored whether it is mirrored, left to right
 */
public record ViewPlace(Region region, InputFormat format, boolean copied, boolean mirrored) {

  /**
   * Adds what belongs to the cells of a map of the image to those of a map of the photo, by the
   * area that they have in common. Nothing is lost.
   *
   * @param map numbers of cells that divide the image evenly, row by row
   * @param rows how many rows of cells that are
   * @param target what a part of the photo that contains the region is divided into, row by row
   * @param part that part
   * @param targetRows how many rows of cells it is divided into
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

  /** The same, mirrored. */
  public ViewPlace inMirror() {
    return new ViewPlace(region, format, copied, !mirrored);
  }

  /** How high a cell is in the photo if so many rows of them divide the image. */
  public double cellHeight(int rows) {
    return (double) (copied ? format.height() : region.height()) / rows;
  }

  /** How wide a cell is in the photo if so many columns of them divide the image. */
  public double cellWidth(int columns) {
    return (double) (copied ? format.width() : region.width()) / columns;
  }
}
