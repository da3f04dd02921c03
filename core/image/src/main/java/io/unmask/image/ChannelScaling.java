package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.PixelScaling;
import java.nio.FloatBuffer;

/** Makes a network's numbers of levels. Holds nothing but what it was made of. */
final class ChannelScaling {

  private final ChannelOrder order;
  private final float divisor;
  private final float[] offsets = new float[3];
  private final float[] deviations = new float[3];
  private final boolean divides;

  ChannelScaling(InputFormat format) {
    PixelScaling scaling = format.scaling();
    order = format.order();
    divisor = scaling.divisor();
    for (int c = 0; c < 3; c++) {
      offsets[c] = scaling.offset(c % format.channels());
      deviations[c] = scaling.deviation(c % format.channels());
    }
    divides = deviations[0] != 1 || deviations[1] != 1 || deviations[2] != 1;
  }

  /**
   * Puts rows of red, green and blue from 0 to 255 into the target, scaled and in the network's
   * order; of grey pixels, whose three are the same, one of them.
   *
   * @param rgb is changed
   */
  void put(float[] rgb, FloatBuffer target) {
    if (order == ChannelOrder.BGR) {
      swapRedAndBlue(rgb);
    }
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = rgb[i] / divisor + offsets[0];
      rgb[i + 1] = rgb[i + 1] / divisor + offsets[1];
      rgb[i + 2] = rgb[i + 2] / divisor + offsets[2];
    }
    if (divides) {
      for (int i = 0; i < rgb.length; i += 3) {
        rgb[i] /= deviations[0];
        rgb[i + 1] /= deviations[1];
        rgb[i + 2] /= deviations[2];
      }
    }
    if (order == ChannelOrder.GREY) {
      for (int i = 0; i < rgb.length; i += 3) {
        target.put(rgb[i]);
      }
    } else {
      target.put(rgb);
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
