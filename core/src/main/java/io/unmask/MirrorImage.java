package io.unmask;

import java.nio.FloatBuffer;

/** Mirrors preprocessed images, left to right. */
final class MirrorImage {

  private static final int CHANNELS = 3;

  private MirrorImage() {}

  /**
   * Puts the mirror image of all that was put into a buffer behind it.
   *
   * @param pixels an image {@code [height, width, 3]} from its beginning to its position
   * @param width the number of columns
   */
  static void append(FloatBuffer pixels, int width) {
    int end = pixels.position();
    float[] row = new float[width * CHANNELS];
    float[] mirrored = new float[row.length];
    for (int start = 0; start < end; start += row.length) {
      pixels.get(start, row);
      for (int x = 0; x < width; x++) {
        int from = x * CHANNELS;
        int to = (width - 1 - x) * CHANNELS;
        mirrored[to] = row[from];
        mirrored[to + 1] = row[from + 1];
        mirrored[to + 2] = row[from + 2];
      }
      pixels.put(mirrored);
    }
  }
}
