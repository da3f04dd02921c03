package io.unmask.image;

import io.unmask.image.jpeg.Component;
import io.unmask.image.jpeg.Samples;
import java.util.Arrays;

/**
 * Pixels of a JPEG's luma and chroma in the sizes in which it stores them.
 *
 * <p>Chroma is interpolated where it is read, as libjpeg-turbo does (jdsample.c, {@code
 * h2v1_fancy_upsample}, {@code h1v2_fancy_upsample}, {@code h2v2_fancy_upsample}), with the same
 * result in each bit: three parts of the nearer sample and one of the next along each axis.
 *
 * @param samples luma and two chromas
 */
record SampledPixels(Samples samples) implements PixelSource {

  static final int BOTH = 0x1_0001; // times a number adds it to both chromas

  @Override
  public int width() {
    return luma().width();
  }

  @Override
  public int height() {
    return luma().height();
  }

  private Component luma() {
    return samples.components().get(0);
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    Component luma = luma();
    int row = luma.offset() + y * luma.stride();
    if (samples.across() == 1) {
      readFull(row, y, columns, rgb);
    } else {
      readHalved(row, y, columns, rgb);
    }
  }

  private void readFull(int row, int y, int[] columns, float[] rgb) {
    byte[] data = samples.data();
    boolean halfHeight = samples.down() == 2;
    int nearest = halfHeight ? y >> 1 : y;
    int next = nearest + ((y & 1) == 0 ? -1 : 1);
    int rounding = 1 + (y & 1);
    int cbNear = start(1, nearest);
    int crNear = start(2, nearest);
    int cbFar = start(1, next);
    int crFar = start(2, next);
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      int cb = data[cbNear + column] & 0xFF;
      int cr = data[crNear + column] & 0xFF;
      if (halfHeight) {
        cb = (3 * cb + (data[cbFar + column] & 0xFF) + rounding) >> 2;
        cr = (3 * cr + (data[crFar + column] & 0xFF) + rounding) >> 2;
      }
      put(data[row + column], cb | cr << 16, rgb, 3 * i);
    }
  }

  private void readHalved(int row, int y, int[] columns, float[] rgb) {
    if (columns.length == 0) {
      return;
    }
    int steps = 0; // negative if a column lies left of the one before
    int gaps = 0; // 0 if each lies beside the one before
    for (int i = 1; i < columns.length; i++) {
      int step = columns[i] - columns[i - 1];
      steps |= step;
      gaps |= step - 1;
    }
    int left = steps < 0 ? Arrays.stream(columns).min().getAsInt() : columns[0];
    int right = steps < 0 ? Arrays.stream(columns).max().getAsInt() : columns[columns.length - 1];
    int[] chroma = between(y, left >> 1, right >> 1);
    if (gaps == 0) {
      readAdjacent(row, left, columns.length, chroma, rgb);
    } else {
      readScattered(row, columns, left >> 1, chroma, rgb);
    }
  }

  private void readScattered(int row, int[] columns, int first, int[] chroma, float[] rgb) {
    byte[] data = samples.data();
    boolean halfHeight = samples.down() == 2;
    int shift = halfHeight ? 4 : 2;
    int even = halfHeight ? 8 * BOTH : BOTH;
    int step = halfHeight ? -BOTH : BOTH; // what odd columns are rounded by otherwise
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      int odd = column & 1;
      int near = (column >> 1) - first + 1;
      int three = 3 * chroma[near];
      int both = (three + chroma[near - 1 + 2 * odd] + even + step * odd) >>> shift;
      put(data[row + column], both, rgb, 3 * i);
    }
  }

  private void readAdjacent(int row, int left, int count, int[] chroma, float[] rgb) {
    byte[] data = samples.data();
    boolean halfHeight = samples.down() == 2;
    int shift = halfHeight ? 4 : 2;
    int even = halfHeight ? 8 * BOTH : BOTH;
    int odd = halfHeight ? 7 * BOTH : 2 * BOTH;
    int skipped = left & 1; // the first is the right one of a pair
    if (skipped == 1) {
      put(data[row + left], (3 * chroma[1] + chroma[2] + odd) >>> shift, rgb, 0);
    }
    int start = row + left + skipped;
    int pairs = (count - skipped) / 2;
    for (int i = 0; i < pairs; i++) {
      int three = 3 * chroma[skipped + i + 1];
      int out = 3 * skipped + 6 * i;
      put(data[start + 2 * i], (three + chroma[skipped + i] + even) >>> shift, rgb, out);
      put(data[start + 2 * i + 1], (three + chroma[skipped + i + 2] + odd) >>> shift, rgb, out + 3);
    }
    if (skipped + 2 * pairs < count) {
      int both = (3 * chroma[skipped + pairs + 1] + chroma[skipped + pairs] + even) >>> shift;
      put(data[start + 2 * pairs], both, rgb, 3 * skipped + 6 * pairs);
    }
  }

  private static void put(byte luma, int both, float[] rgb, int out) {
    int level = luma & 0xFF;
    int cb = both & 0xFF;
    int cr = both >>> 16;
    rgb[out] = YcbcrPixels.red(level, cr);
    rgb[out + 1] = YcbcrPixels.green(level, cb, cr);
    rgb[out + 2] = YcbcrPixels.blue(level, cb);
  }

  private int start(int number, int chromaRow) {
    Component component = samples.components().get(number);
    return component.offset()
        + Math.max(0, Math.min(component.height() - 1, chromaRow)) * component.stride();
  }

  /**
   * The samples of both chromas in a row, interpolated between stored rows, and one more on each
   * side: Cb in the lower half of each number, Cr in the upper one.
   */
  private int[] between(int y, int first, int last) {
    byte[] data = samples.data();
    int width = samples.components().get(1).width();
    int[] row = new int[last - first + 3];
    int from = Math.max(0, first - 1);
    int to = Math.min(width - 1, last + 1);
    int shift = from - first + 1;
    boolean halfHeight = samples.down() == 2;
    int nearest = halfHeight ? y >> 1 : y;
    int next = nearest + ((y & 1) == 0 ? -1 : 1);
    int cbNear = start(1, nearest) + from;
    int crNear = start(2, nearest) + from;
    int cbFar = start(1, next) + from;
    int crFar = start(2, next) + from;
    if (halfHeight) {
      for (int i = 0; i <= to - from; i++) {
        int cb = 3 * (data[cbNear + i] & 0xFF) + (data[cbFar + i] & 0xFF);
        int cr = 3 * (data[crNear + i] & 0xFF) + (data[crFar + i] & 0xFF);
        row[shift + i] = cb | cr << 16;
      }
    } else {
      for (int i = 0; i <= to - from; i++) {
        row[shift + i] = (data[cbNear + i] & 0xFF) | (data[crNear + i] & 0xFF) << 16;
      }
    }
    if (first == 0) {
      row[0] = row[1];
    }
    if (last == width - 1) {
      row[row.length - 1] = row[row.length - 2];
    }
    return row;
  }
}
