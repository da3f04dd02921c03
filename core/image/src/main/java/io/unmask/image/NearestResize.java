package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;

/**
 * Resizing to the nearest pixels, as Pillow does it ({@code ImagingScaleAffine} in Geometry.c):
 * positions are added up in double precision, one step after the other, so that its rounding is
 * Pillow's.
 */
final class NearestResize {

  private NearestResize() {}

  /** Resizes and scales a region into the target, behind its position. */
  static void resize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    int[] columns = positions(region.left(), region.width(), format.width());
    ChannelScaling scaling = new ChannelScaling(format);
    float[] levels = new float[3 * columns.length];
    for (int row : positions(region.top(), region.height(), format.height())) {
      photo.readRow(row, columns, levels);
      scaling.put(levels, target);
    }
  }

  private static int[] positions(int start, int length, int size) {
    int[] positions = new int[size];
    double step = (double) length / size;
    double at = start + step * 0.5;
    for (int i = 0; i < size; i++) {
      positions[i] = (int) at;
      at += step;
    }
    return positions;
  }
}
