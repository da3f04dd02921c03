package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * OpenCV's {@code INTER_AREA} of 8-bit images (resize.cpp), to the bit: where a picture becomes
 * smaller in both directions, the mean of what a pixel covers, in 32-bit floating point, or in
 * whole numbers if each covers a whole number of pixels. Else it interpolates between two pixels,
 * in units of 1/2048, with positions of its own.
 */
final class AreaResize {

  private final Photo photo;
  private final Region region;
  private final InputFormat format;
  private final ChannelScaling scaling;
  private final FloatBuffer target;

  private AreaResize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    this.photo = photo;
    this.region = region;
    this.format = format;
    this.scaling = new ChannelScaling(format);
    this.target = target;
  }

  /** Resizes and scales a region into the target, behind its position. */
  static void resize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    AreaResize resize = new AreaResize(photo, region, format, target);
    double rows = scale(region.height(), format.height());
    double columns = scale(region.width(), format.width());
    if (rows < 1 || columns < 1) {
      resize.interpolate();
    } else if (isWhole(rows) && isWhole(columns)) {
      resize.average((int) Math.rint(rows), (int) Math.rint(columns));
    } else {
      resize.average(
          AreaAxis.of(region.height(), format.height(), rows),
          AreaAxis.of(region.width(), format.width(), columns));
    }
  }

  private static double scale(int input, int output) {
    return 1 / ((double) output / input);
  }

  private static boolean isWhole(double scale) {
    return Math.abs(scale - Math.rint(scale)) < Math.ulp(1.0);
  }

  private int[] allColumns() {
    int[] columns = new int[region.width()];
    Arrays.setAll(columns, x -> region.left() + x);
    return columns;
  }

  /** The mean of blocks of pixels. */
  private void average(int blockRows, int blockColumns) {
    int area = blockRows * blockColumns;
    float reciprocal = 1f / area;
    boolean four = blockRows == 2 && blockColumns == 2;
    int[] columns = allColumns();
    float[] levels = new float[3 * columns.length];
    float[] out = new float[3 * format.width()];
    int[] sums = new int[out.length];
    for (int y = 0; y < format.height(); y++) {
      Arrays.fill(sums, 0);
      for (int row = 0; row < blockRows; row++) {
        photo.readRow(region.top() + y * blockRows + row, columns, levels);
        for (int x = 0; x < format.width() * blockColumns; x++) {
          int to = 3 * (x / blockColumns);
          sums[to] += (int) levels[3 * x];
          sums[to + 1] += (int) levels[3 * x + 1];
          sums[to + 2] += (int) levels[3 * x + 2];
        }
      }
      for (int i = 0; i < out.length; i++) {
        out[i] = four ? (sums[i] + 2) >> 2 : (float) Math.rint(sums[i] * reciprocal);
      }
      scaling.put(out, target);
    }
  }

  /** The mean of areas. */
  private void average(AreaAxis rows, AreaAxis columns) {
    int[] wanted = allColumns();
    float[] levels = new float[3 * wanted.length];
    float[] row = new float[3 * format.width()];
    float[] sums = new float[row.length];
    for (int y = 0; y < format.height(); y++) {
      for (int i = 0; i < rows.weights()[y].length; i++) {
        photo.readRow(region.top() + rows.start()[y] + i, wanted, levels);
        averageRow(levels, columns, row);
        float weight = rows.weights()[y][i];
        for (int x = 0; x < sums.length; x++) {
          sums[x] = i == 0 ? weight * row[x] : sums[x] + weight * row[x];
        }
      }
      for (int x = 0; x < sums.length; x++) {
        sums[x] = Math.min((float) Math.rint(sums[x]), 255);
      }
      scaling.put(sums, target);
    }
  }

  private static void averageRow(float[] levels, AreaAxis columns, float[] row) {
    Arrays.fill(row, 0);
    for (int x = 0; x < columns.start().length; x++) {
      int at = 3 * columns.start()[x];
      for (float weight : columns.weights()[x]) {
        row[3 * x] += levels[at] * weight;
        row[3 * x + 1] += levels[at + 1] * weight;
        row[3 * x + 2] += levels[at + 2] * weight;
        at += 3;
      }
    }
  }

  private void interpolate() {
    LinearAxis rows = LinearAxis.of(region.height(), format.height());
    LinearAxis columns = LinearAxis.of(region.width(), format.width());
    int[] wanted = allColumns();
    float[] levels = new float[3 * wanted.length];
    int[] upper = new int[3 * format.width()];
    int[] lower = new int[upper.length];
    float[] out = new float[upper.length];
    for (int y = 0; y < format.height(); y++) {
      int first = rows.first()[y];
      int second = Math.min(first + 1, region.height() - 1);
      photo.readRow(region.top() + first, wanted, levels);
      columns.interpolate(levels, upper);
      photo.readRow(region.top() + second, wanted, levels);
      columns.interpolate(levels, lower);
      int above = rows.weightOfFirst()[y];
      int below = rows.weightOfSecond()[y];
      for (int x = 0; x < out.length; x++) {
        int sum = ((above * (upper[x] >> 4)) >> 16) + ((below * (lower[x] >> 4)) >> 16);
        out[x] = (sum + 2) >> 2;
      }
      scaling.put(out, target);
    }
  }

  /**
   * Which two positions each output lies between, and how much they count in units of 1/2048.
   *
   * @param first the nearer to the origin
   * @param weightOfFirst what it counts
   * @param weightOfSecond what the one behind it counts
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record LinearAxis(int[] first, int[] weightOfFirst, int[] weightOfSecond) {

    private static final int ONE = 2048;

    static LinearAxis of(int inputSize, int outputSize) {
      int[] first = new int[outputSize];
      int[] weightOfFirst = new int[outputSize];
      int[] weightOfSecond = new int[outputSize];
      double inverse = (double) outputSize / inputSize;
      double scale = 1 / inverse;
      for (int i = 0; i < outputSize; i++) {
        int at = (int) Math.floor(i * scale);
        float weight = (float) ((i + 1) - (at + 1) * inverse);
        weight = Math.max(weight, 0) % 1f;
        if (at >= inputSize - 1) {
          at = inputSize - 1;
          weight = 0;
        }
        first[i] = at;
        weightOfFirst[i] = rounded((1 - weight) * ONE);
        weightOfSecond[i] = rounded(weight * ONE);
      }
      return new LinearAxis(first, weightOfFirst, weightOfSecond);
    }

    private static int rounded(float weight) {
      return (int) Math.rint(weight);
    }

    void interpolate(float[] levels, int[] row) {
      for (int x = 0; x < first.length; x++) {
        for (int c = 0; c < 3; c++) {
          int at = 3 * first[x] + c;
          int next = Math.min(at + 3, levels.length - 3 + c);
          row[3 * x + c] =
              ((int) levels[at]) * weightOfFirst[x] + ((int) levels[next]) * weightOfSecond[x];
        }
      }
    }
  }
}
