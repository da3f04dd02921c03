package io.unmask.image;

import static io.unmask.image.ImageFormat.PNG;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a PNG's inflated rows, undoes their filters (PNG 1.2, section 9) and keeps one byte for
 * every sample that is neither transparency nor the lower half of 16 bits.
 */
final class PngRows {

  /** First column, first row, column step and row step of Adam7's passes. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] SEQUENTIAL = {{0, 0, 1, 1}};

  private final PngHeader header;
  private final byte[] samples;
  private final int[][] passes;
  private int pass = -1;
  private int y;
  private int columns;
  private int length;
  private byte[] current;
  private byte[] previous;
  private boolean waiting;

  PngRows(PngHeader header) {
    this.header = header;
    this.samples = new byte[header.width() * header.height() * header.color().opaqueSamples()];
    this.passes = header.interlaced() ? ADAM7 : SEQUENTIAL;
    this.y = header.height();
    int longest = Math.toIntExact(header.rowBytes(header.width()) + 1);
    this.current = new byte[longest];
    this.previous = new byte[longest];
  }

  /** One byte a sample, without transparency, row by row. */
  byte[] samples() {
    return samples;
  }

  /** Bytes of the row to be filled, the filter byte included. */
  int length() {
    return length;
  }

  /**
   * Finishes the row that was filled last, if any.
   *
   * @return the array to fill with the next row, or null if that was the last one
   */
  byte @Nullable [] next() throws UnreadableException {
    if (waiting) {
      unfilter();
      store();
      byte[] swap = previous;
      previous = current;
      current = swap;
      y += passes[pass][3];
    }
    while (y >= header.height()) {
      if (++pass == passes.length) {
        waiting = false;
        return null;
      }
      startPass();
    }
    waiting = true;
    return current;
  }

  private void startPass() {
    int[] grid = passes[pass];
    columns = (header.width() - grid[0] + grid[2] - 1) / grid[2];
    length = (int) header.rowBytes(columns) + 1;
    y = columns > 0 ? grid[1] : header.height();
    Arrays.fill(previous, (byte) 0);
  }

  private void unfilter() throws UnreadableException {
    int back = header.filterDistance();
    byte[] row = current;
    byte[] above = previous;
    switch (row[0]) {
      case 0 -> {}
      case 1 -> {
        for (int i = 1 + back; i < length; i++) {
          row[i] += row[i - back];
        }
      }
      case 2 -> {
        for (int i = 1; i < length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 1; i < length; i++) {
          int left = i > back ? row[i - back] & 0xFF : 0;
          row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
        }
      }
      case 4 -> {
        int first = Math.min(1 + back, length);
        for (int i = 1; i < first; i++) {
          row[i] += above[i];
        }
        for (int i = first; i < length; i++) {
          row[i] += paeth(row[i - back] & 0xFF, above[i] & 0xFF, above[i - back] & 0xFF);
        }
      }
      default -> throw UnreadableException.malformed(PNG, "it has a row of filter " + row[0]);
    }
  }

  private static byte paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return (byte) left;
    }
    return (byte) (toAbove <= toCorner ? above : corner);
  }

  private void store() {
    int kept = header.color().opaqueSamples();
    int out = (y * header.width() + passes[pass][0]) * kept;
    int step = passes[pass][2] * kept;
    if (header.depth() < 8) {
      storePacked(out, step);
      return;
    }
    int sampleBytes = header.depth() / 8;
    int pixelBytes = header.color().samples() * sampleBytes;
    if (pixelBytes == kept && step == kept) {
      System.arraycopy(current, 1, samples, out, length - 1);
      return;
    }
    for (int in = 1; in < length; in += pixelBytes) {
      for (int sample = 0; sample < kept; sample++) {
        samples[out + sample] = current[in + sample * sampleBytes];
      }
      out += step;
    }
  }

  private void storePacked(int start, int step) {
    int depth = header.depth();
    int mask = (1 << depth) - 1;
    int scale = header.color() == PngHeader.Color.GRAY ? 255 / mask : 1;
    int out = start;
    for (int x = 0; x < columns; x++) {
      int bit = x * depth;
      int value = current[1 + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
      samples[out] = (byte) (value * scale);
      out += step;
    }
  }
}
