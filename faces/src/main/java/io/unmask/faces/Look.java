package io.unmask.faces;

import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How a network is shown a part of a photo: resized to fit the share of a black square that it
 * gets, in the middle of that, and turned clockwise by some quarters. Immutable.
 *
 * @param region the part
 * @param quarters by how many quarters it is turned clockwise, 0..3
 * @param side rows and columns of the square
 * @param share the side of what is shown, as a share of the square's, above 0 and at most 1
 */
record Look(Region region, int quarters, int side, double share) {

  /** What networks of MediaPipe call black: pixels are scaled to [-1, 1]. */
  private static final float BLACK = -1;

  private static final JavaPreprocessor SAMPLER = new JavaPreprocessor();

  /** Puts the square's floats at an offset. */
  void show(Photo photo, boolean everyPixel, float[] target, int offset) {
    int width = width();
    int height = height();
    InputFormat format = new InputFormat(height, width, 127.5f, -1, ChannelOrder.RGB);
    float[] resized = new float[format.size()];
    if (everyPixel) {
      SAMPLER.shrink(photo, region, format, FloatBuffer.wrap(resized));
    } else {
      SAMPLER.sample(photo, region, format, FloatBuffer.wrap(resized));
    }
    Arrays.fill(target, offset, offset + side * side * InputFormat.CHANNELS, BLACK);
    int row = width * InputFormat.CHANNELS;
    for (int y = 0; y < height; y++) {
      int to = offset + ((y + top()) * side + left()) * InputFormat.CHANNELS;
      System.arraycopy(resized, y * row, target, to, row);
    }
    for (int i = 0; i < quarters; i++) {
      turn(target, offset);
    }
  }

  /** The place in the photo of what the network saw, which speaks in shares of the square. */
  Candidate inPhoto(Candidate seen) {
    double[] places = seen.places().clone();
    for (int i = 0; i < places.length; i += 2) {
      double x = places[i];
      double y = places[i + 1];
      for (int q = 0; q < quarters; q++) { // back, counterclockwise
        double turned = 1 - x;
        x = y;
        y = turned;
      }
      places[i] = region.left() + (x * side - left()) * region.width() / width();
      places[i + 1] = region.top() + (y * side - top()) * region.height() / height();
    }
    order(places, 0, 2);
    order(places, 1, 3);
    return new Candidate(places, seen.score());
  }

  private static void order(double[] places, int less, int more) {
    if (places[less] > places[more]) {
      double swap = places[less];
      places[less] = places[more];
      places[more] = swap;
    }
  }

  private int width() {
    return fitted(region.width());
  }

  private int height() {
    return fitted(region.height());
  }

  private int fitted(int extent) {
    double longest = Math.max(region.width(), region.height());
    return Math.max(1, (int) Math.round(extent * (side * share / longest)));
  }

  private int left() {
    return (side - width()) / 2;
  }

  private int top() {
    return (side - height()) / 2;
  }

  /** Turns the square clockwise by one quarter. */
  private void turn(float[] square, int offset) {
    float[] before =
        Arrays.copyOfRange(square, offset, offset + side * side * InputFormat.CHANNELS);
    int next = offset;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int from = ((side - 1 - x) * side + y) * InputFormat.CHANNELS;
        for (int c = 0; c < InputFormat.CHANNELS; c++) {
          square[next++] = before[from + c];
        }
      }
    }
  }
}
