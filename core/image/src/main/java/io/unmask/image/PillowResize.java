package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Pillow's bilinear resizing: antialiased, in whole numbers, along the rows first, rounded to whole
 * levels after either step. Around a part that was cropped it sees the pixels that were cropped
 * away, as Pillow's {@code resize(box=...)} does.
 */
final class PillowResize {

  private static final int HALF = 1 << (PillowAxis.PRECISION_BITS - 1);

  private final Photo photo;
  private final Region all;
  private final PillowAxis rows;
  private final PillowAxis columns;

  private PillowResize(Photo photo, Region all, Region shown, int height, int width) {
    this.photo = photo;
    this.all = all;
    this.rows = PillowAxis.of(all.height(), shown.top() - all.top(), shown.height(), height);
    this.columns = PillowAxis.of(all.width(), shown.left() - all.left(), shown.width(), width);
  }

  /**
   * Resizes and scales a region into the target, behind its position.
   *
   * @param all what counts as the picture
   * @param shown the part of it that is to be seen
   */
  static void resize(
      Photo photo, Region all, Region shown, InputFormat format, FloatBuffer target) {
    ChannelScaling scaling = new ChannelScaling(format);
    int height = format.height();
    int width = format.width();
    // Image.resize in Image.py: of a picture that is so high, the columns come first.
    if (all.height() > 100L * all.width() && height < all.height()) {
      Region columns = new Region(all.left(), shown.top(), all.width(), shown.height());
      Photo low = new PillowResize(photo, all, columns, height, all.width()).toPhoto();
      Region part = new Region(shown.left() - all.left(), 0, shown.width(), height);
      new PillowResize(low, low.whole(), part, height, width).run(row -> scaling.put(row, target));
    } else {
      new PillowResize(photo, all, shown, height, width).run(row -> scaling.put(row, target));
    }
  }

  private Photo toPhoto() {
    ByteBuffer rgb = ByteBuffer.allocate(3 * columns.size() * rows.size());
    run(
        row -> {
          for (float level : row) {
            rgb.put((byte) (int) level);
          }
        });
    return Photo.ofRgb(columns.size(), rows.size(), rgb.array(), photo.facts());
  }

  /** Makes one row after the other. */
  private void run(Consumer<float[]> target) {
    int mostRows = 0;
    for (int[] weights : rows.weights()) {
      mostRows = Math.max(mostRows, weights.length);
    }
    byte[][] stretched =
        new byte[mostRows][3 * columns.size()]; // of row y at y modulo their number
    float[] out = new float[3 * columns.size()];
    int[] sums = new int[out.length];
    RowReader reader = new RowReader();
    int next = rows.start()[0];
    for (int y = 0; y < rows.size(); y++) {
      for (; next < rows.end(y); next++) {
        reader.read(next, stretched[next % mostRows]);
      }
      Arrays.fill(sums, HALF);
      for (int i = 0; i < rows.weights()[y].length; i++) {
        byte[] row = stretched[(rows.start()[y] + i) % mostRows];
        int weight = rows.weights()[y][i];
        for (int x = 0; x < sums.length; x++) {
          sums[x] += (row[x] & 0xff) * weight;
        }
      }
      for (int x = 0; x < out.length; x++) {
        out[x] = clipped(sums[x]);
      }
      target.accept(out);
    }
  }

  /** Weights are above 0 and make 1 together, but for their rounding. */
  private static int clipped(int sum) {
    return Math.min(sum >> PillowAxis.PRECISION_BITS, 255);
  }

  /** Reads rows and resizes them along themselves. */
  private final class RowReader {

    private final int first = columns.start()[0];
    private final int[] wanted = new int[columns.end(columns.size() - 1) - first];
    private final float[] levels = new float[3 * wanted.length];

    RowReader() {
      Arrays.setAll(wanted, i -> all.left() + first + i);
    }

    void read(int y, byte[] row) {
      photo.readRow(all.top() + y, wanted, levels);
      for (int x = 0; x < columns.size(); x++) {
        int[] weights = columns.weights()[x];
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int at = 3 * (columns.start()[x] - first);
        for (int weight : weights) {
          red += ((int) levels[at]) * weight;
          green += ((int) levels[at + 1]) * weight;
          blue += ((int) levels[at + 2]) * weight;
          at += 3;
        }
        row[3 * x] = (byte) clipped(red);
        row[3 * x + 1] = (byte) clipped(green);
        row[3 * x + 2] = (byte) clipped(blue);
      }
    }
  }
}
