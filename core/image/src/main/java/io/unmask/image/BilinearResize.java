package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Bilinear resizing with half-pixel centres and without antialiasing, then scaling.
 *
 * <p>The result is TensorFlow's {@code tf.image.resize(image, [height, width])} to the bit: the
 * weights are computed and the products and sums are taken in the order of resize_bilinear_op.cc,
 * each rounded to 32 bits. A pixel is first interpolated along its row, so every source row is
 * interpolated once and kept while two output rows need it.
 */
final class BilinearResize {

  private final Photo photo;
  private final int top;
  private final InputFormat format;
  private final ResizeAxis rows;
  private final ResizeAxis columns;
  private final int[] neededColumns;
  private final float[] levels;

  private BilinearResize(Photo photo, Region region, InputFormat format) {
    this.photo = photo;
    this.top = region.top();
    this.format = format;
    this.rows = ResizeAxis.of(region.height(), format.height());
    ResizeAxis all = ResizeAxis.of(region.width(), format.width());
    this.neededColumns = all.positions();
    Arrays.setAll(neededColumns, i -> neededColumns[i] + region.left());
    this.columns = all.compact(); // its second is the first's neighbour
    this.levels = new float[3 * neededColumns.length + 3];
  }

  /** Resizes and scales a region into the target, behind its position. */
  static void resize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    new BilinearResize(photo, region, format).run(target);
  }

  private void run(FloatBuffer target) {
    int length = 3 * format.width();
    float[] upper = new float[length];
    float[] lower = new float[length];
    float[] out = new float[length];
    ChannelScaling scaling = new ChannelScaling(format);
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < format.height(); y++) {
      int first = rows.first()[y];
      int second = rows.second()[y];
      if (first != upperRow) {
        float[] swap = upper;
        upper = lower;
        lower = swap;
        upperRow = lowerRow;
        lowerRow = -1;
        if (first != upperRow) {
          interpolateRow(first, upper);
          upperRow = first;
        }
      }
      if (second == first) {
        blend(upper, upper, rows.weight()[y], out);
      } else {
        if (second != lowerRow) {
          interpolateRow(second, lower);
          lowerRow = second;
        }
        blend(upper, lower, rows.weight()[y], out);
      }
      scaling.put(out, target);
    }
  }

  /** Reads a row of the region and stretches it to the target's width. */
  private void interpolateRow(int y, float[] row) {
    photo.readRow(top + y, neededColumns, levels);
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

  private static float between(float left, float right, float weight) {
    return left + (right - left) * weight;
  }

  private static void blend(float[] upper, float[] lower, float weight, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = upper[i] + (lower[i] - upper[i]) * weight;
    }
  }
}
