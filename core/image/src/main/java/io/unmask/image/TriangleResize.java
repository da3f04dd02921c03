package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Resizing with antialiasing: each output is a mean of all pixels near it, weighted by a triangle.
 *
 * <p>Products and sums are taken in the order of TensorFlow's {@code tf.image.resize(antialias =
 * True)}: first along the columns, then along the rows. The photo is read in strips, from the top
 * down, each pixel once. At a time there are as many rows under way as one row of the photo counts
 * for; with the strips' width they take at most about a megabyte.
 */
final class TriangleResize {

  /** Floats in all the rows under way. */
  private static final int MOST_FLOATS = 1 << 18;

  private final Photo photo;
  private final Region region;
  private final InputFormat format;
  private final TriangleAxis rows;
  private final TriangleAxis columns;
  private final float[] result;

  private TriangleResize(Photo photo, Region region, InputFormat format) {
    this.photo = photo;
    this.region = region;
    this.format = format;
    this.rows = TriangleAxis.of(region.height(), format.height());
    this.columns = TriangleAxis.of(region.width(), format.width());
    this.result = new float[3 * format.height() * format.width()];
  }

  /** Resizes and scales a region into the target, behind its position. */
  static void resize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    TriangleResize resize = new TriangleResize(photo, region, format);
    int underWay = resize.rows.mostOutputs();
    int strip = Math.max(1, MOST_FLOATS / (3 * underWay));
    for (int left = 0; left < region.width(); left += strip) {
      resize.run(left, Math.min(strip, region.width() - left), underWay);
    }
    ChannelScaling scaling = new ChannelScaling(format);
    int row = 3 * format.width();
    for (int start = 0; start < resize.result.length; start += row) {
      scaling.put(Arrays.copyOfRange(resize.result, start, start + row), target);
    }
  }

  /** Adds what a strip of the region contributes. */
  private void run(int left, int width, int underWay) {
    int[] wanted = new int[width];
    Arrays.setAll(wanted, x -> region.left() + left + x);
    float[] levels = new float[3 * width];
    float[][] sums = new float[underWay][3 * width];
    int first = 0; // of the outputs that the row counts for
    int behind = 0; // the first that no row so far counts for
    for (int y = 0; y < region.height(); y++) {
      photo.readRow(region.top() + y, wanted, levels);
      for (; behind < rows.size() && rows.start()[behind] <= y; behind++) {
        Arrays.fill(sums[behind % underWay], 0);
      }
      for (int output = first; output < behind; output++) {
        addScaled(
            levels, rows.weights()[output][y - rows.start()[output]], sums[output % underWay]);
      }
      for (; first < behind && rows.end(first) == y + 1; first++) {
        addAlongRow(sums[first % underWay], left, width, first);
      }
    }
  }

  private static void addScaled(float[] levels, float weight, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * levels[i];
    }
  }

  /** Adds a strip's part of a row that is whole along the columns. */
  private void addAlongRow(float[] row, int left, int width, int output) {
    int out = 3 * format.width() * output;
    for (int x = 0; x < columns.size(); x++, out += 3) {
      float[] weights = columns.weights()[x];
      int start = columns.start()[x] - left;
      int end = Math.min(start + weights.length, width);
      for (int i = Math.max(start, 0); i < end; i++) {
        float weight = weights[i - start];
        result[out] += weight * row[3 * i];
        result[out + 1] += weight * row[3 * i + 1];
        result[out + 2] += weight * row[3 * i + 2];
      }
    }
  }
}
