package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.PixelScaling;
import java.nio.FloatBuffer;

/** Makes a network's numbers of levels. Holds nothing but what it was made of. */
final class ChannelScaling {

  private final ChannelOrder order;
  private final float divisor;
  private final float[] offsets; // of each number of a row, every third the same
  private final float[] deviations;
  private final boolean divides;

  ChannelScaling(InputFormat format) {
    PixelScaling scaling = format.scaling();
    order = format.order();
    divisor = scaling.divisor();
    offsets = new float[3 * format.width()];
    deviations = new float[3 * format.width()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = scaling.offset(i % 3 % format.channels());
      deviations[i] = scaling.deviation(i % 3 % format.channels());
    }
    divides = deviations[0] != 1 || deviations[1] != 1 || deviations[2] != 1;
  }

  /**
   * Puts a row of red, green and blue from 0 to 255 into the target, scaled and in the network's
   * order; of grey pixels, whose three are the same, one of them.
   *
   * @param rgb is changed
   */
  void put(float[] rgb, FloatBuffer target) {
    if (order == ChannelOrder.BGR) {
      swapRedAndBlue(rgb);
    }
    scale(rgb);
    if (order == ChannelOrder.GREY) {
      for (int i = 0; i < rgb.length; i += 3) {
        target.put(rgb[i]);
      }
    } else {
      target.put(rgb);
    }
  }

  /** In loops over neighbours alone, of which Java's compiler makes vector instructions. */
  private void scale(float[] rgb) {
    float[] added = offsets;
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgb[i] / divisor + added[i];
    }
    if (divides) {
      float[] divisors = deviations;
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] /= divisors[i];
      }
    }
  }

  private static void swapRedAndBlue(float[] row) {
    for (int i = 0; i < row.length; i += 3) {
      float red = row[i];
      row[i] = row[i + 2];
      row[i + 2] = red;
    }
  }
}
