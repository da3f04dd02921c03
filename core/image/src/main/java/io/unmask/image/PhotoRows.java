package io.unmask.image;

import io.unmask.spi.Photo;
import java.util.Arrays;

/** Stretched rows of any photo. Only the columns that are interpolated between are read. */
final class PhotoRows implements StretchedRows {

  private final Photo photo;
  private final int[] needed;
  private final ResizeAxis columns; // among those needed
  private final float[] levels;

  /**
   * Makes a reader.
   *
   * @param left the first column of the part
   * @param columns the part's columns that each pixel of a row lies between
   */
  PhotoRows(Photo photo, int left, ResizeAxis columns) {
    this.photo = photo;
    this.needed = columns.positions();
    Arrays.setAll(needed, i -> needed[i] + left);
    this.columns = columns.compact(); // its second is the first's neighbour
    this.levels = new float[3 * needed.length + 3];
  }

  @Override
  public void read(int y, float[] row) {
    photo.readRow(y, needed, levels);
    int[] first = columns.first();
    float[] weight = columns.weight();
    int out = 0;
    for (int x = 0; x < first.length; x++) {
      int left = 3 * first[x];
      float w = weight[x];
      row[out] = between(levels[left], levels[left + 3], w);
      row[out + 1] = between(levels[left + 1], levels[left + 4], w);
      row[out + 2] = between(levels[left + 2], levels[left + 5], w);
      out += 3;
    }
  }

  /** They are in that order. */
  @Override
  public void arrange(float[] row, float[] rgb) {
    System.arraycopy(row, 0, rgb, 0, rgb.length);
  }

  private static float between(float left, float right, float weight) {
    return left + (right - left) * weight;
  }
}
