package io.unmask;

import java.nio.FloatBuffer;

/** Mirrors preprocessed images, left to right. */
final class MirrorImage {

  private MirrorImage() {}

  /**
   * Puts the mirror image of all that was put into a buffer behind it.
   *
   * @param pixels an image {@code [height, width, channel]} from its beginning to its position
   * @param width the number of columns
   * @param channels the number of channels
   */
  static void append(FloatBuffer pixels, int width, int channels) {
    int end = pixels.position();
    float[] row = new float[width * channels];
    float[] mirrored = new float[row.length];
    for (int start = 0; start < end; start += row.length) {
      pixels.get(start, row);
      for (int x = 0; x < width; x++) {
        int from = x * channels;
        int to = (width - 1 - x) * channels;
        System.arraycopy(row, from, mirrored, to, channels);
      }
      pixels.put(mirrored);
    }
  }
}
