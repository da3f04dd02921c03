package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;

/** Copies pixels as they are, and continues them by reflection where there are too few. */
final class WindowCopy {

  private WindowCopy() {}

  /** Copies and scales a region into the target, behind its position. */
  static void copy(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    int[] columns = continued(region.left(), region.width(), format.width());
    int[] rows = continued(region.top(), region.height(), format.height());
    float[] levels = new float[3 * columns.length];
    ChannelScaling scaling = new ChannelScaling(format);
    for (int row : rows) {
      photo.readRow(row, columns, levels);
      scaling.put(levels, target);
    }
  }

  /**
   * The positions that a window of {@code size} shows of an extent that is no larger.
   *
   * @param start the extent's first position
   * @param length its number of positions
   */
  static int[] continued(int start, int length, int size) {
    int[] positions = new int[size];
    int before = (size - length) / 2;
    int period = Math.max(1, 2 * (length - 1));
    for (int i = 0; i < size; i++) {
      int there = Math.floorMod(i - before, period);
      positions[i] = start + (there < length ? there : period - there);
    }
    return positions;
  }
}
