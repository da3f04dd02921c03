package io.unmask.image;

import io.unmask.image.jpeg.Component;
import io.unmask.image.jpeg.Samples;

/**
 * Where the samples of a JPEG lie that the pixels of a stretched row are made of.
 *
 * <p>Each pixel lies between a left and a right column. The chroma of either is three parts of the
 * nearer sample and one of the next, or four of one and the same, if chroma is stored in full
 * width. All these samples are among four that lie side by side.
 *
 * @param luma the left column for each pixel; the right one is next to it
 * @param chroma the first of the four samples for each pixel
 * @param evenParts how many parts of the third of the four there are, and in the upper half of the
 *     number of the first: for the left column of each pixel, then for the right one of each
 * @param oddParts the same of the fourth and the second
 * @param rounding what is added for each of these columns before it is divided by sixteen
 * @param weight of the right column for each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record SampledColumns(
    int[] luma, int[] chroma, int[] evenParts, int[] oddParts, int[] rounding, float[] weight) {

  /** Samples of chroma that are fetched at once. */
  private static final int FETCHED = 4;

  private static final int NEAR_PARTS = 3;
  private static final int FAR_PARTS = 1;

  /**
   * Finds the samples.
   *
   * @param left the first column of the part that is stretched
   * @param axis the part's columns that each pixel lies between
   */
  static SampledColumns of(Samples samples, int left, ResizeAxis axis) {
    int width = axis.first().length;
    SampledColumns columns =
        new SampledColumns(
            new int[width],
            new int[width],
            new int[2 * width],
            new int[2 * width],
            new int[2 * width],
            new float[width]);
    for (int x = 0; x < width; x++) {
      columns.put(samples, x, left + axis.first()[x], left + axis.second()[x]);
      columns.weight[x] = axis.first()[x] == axis.second()[x] ? 0 : axis.weight()[x];
    }
    return columns;
  }

  private void put(Samples samples, int x, int first, int second) {
    luma[x] = first;
    int lowest = Math.min(near(samples, first), far(samples, first));
    int stored = samples.components().get(1).stride();
    chroma[x] = Math.min(lowest, stored - FETCHED);
    putParts(samples, x, first, chroma[x]);
    putParts(samples, luma.length + x, second, chroma[x]);
  }

  private void putParts(Samples samples, int at, int column, int start) {
    addParts(at, near(samples, column) - start, NEAR_PARTS);
    addParts(at, far(samples, column) - start, FAR_PARTS);
    if (samples.across() == 2) {
      int odd = column & 1;
      rounding[at] = (samples.down() == 2 ? 8 - odd : 4 + 4 * odd) * SampledPixels.BOTH;
    }
  }

  private void addParts(int at, int number, int parts) {
    int[] sums = (number & 1) == 0 ? evenParts : oddParts;
    sums[at] += number < 2 ? parts << Short.SIZE : parts;
  }

  private static int near(Samples samples, int column) {
    return column / samples.across();
  }

  private static int far(Samples samples, int column) {
    if (samples.across() == 1) {
      return column;
    }
    Component stored = samples.components().get(1);
    int next = column / 2 + ((column & 1) == 0 ? -1 : 1);
    return Math.max(0, Math.min(stored.width() - 1, next));
  }
}
