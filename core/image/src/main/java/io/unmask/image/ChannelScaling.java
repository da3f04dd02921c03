package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;

/**
 * Makes a network's numbers of levels.
 *
 * @param format which numbers
 */
record ChannelScaling(InputFormat format) {

  /** Scales rows of red, green and blue from 0 to 255, in the network's order. */
  void apply(float[] levels, float[] out) {
    float divisor = format.divisor();
    float offset = format.offset();
    for (int i = 0; i < out.length; i++) {
      out[i] = levels[i] / divisor + offset;
    }
    if (format.order() == ChannelOrder.BGR) {
      swapRedAndBlue(out);
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
