package io.unmask;

import io.unmask.image.ViewPlace;
import io.unmask.spi.Region;
import java.util.List;

/** Where maps of several images of a part are added up, in the photo's coordinates. */
final class MapCanvas {

  /** More cells a side show nothing that networks could tell apart. */
  private static final int MOST = 64;

  private final Region region;
  private final int rows;
  private final double[] cells;

  private MapCanvas(Region region, int rows, int columns) {
    this.region = region;
    this.rows = rows;
    this.cells = new double[rows * columns];
  }

  /**
   * An empty one that covers some images, with cells as small as the smallest of theirs.
   *
   * @param rows the most rows that a map of an image has
   * @param columns the most columns
   */
  static MapCanvas over(List<ViewPlace> places, int rows, int columns) {
    Region region = places.get(0).region();
    double height = Double.MAX_VALUE;
    double width = Double.MAX_VALUE;
    for (ViewPlace place : places) {
      region = region.with(place.region());
      height = Math.min(height, place.cellHeight(rows));
      width = Math.min(width, place.cellWidth(columns));
    }
    return new MapCanvas(region, cells(region.height(), height), cells(region.width(), width));
  }

  private static int cells(int extent, double cell) {
    return (int) Math.max(1, Math.min(Math.round(extent / cell), MOST));
  }

  /**
   * Adds a map.
   *
   * @param map numbers of cells of the image, row by row
   * @param mapRows how many rows of cells it has
   */
  void add(ViewPlace place, double[] map, int mapRows) {
    place.add(map, mapRows, cells, region, rows);
  }

  /**
   * What was added up.
   *
   * @param logit what all of it and the bias are together
   */
  Heatmap finish(double logit, Heatmap.Method method) {
    double total = 0;
    for (double cell : cells) {
      total += cell;
    }
    return new Heatmap(region, rows, cells, logit - total, method);
  }
}
