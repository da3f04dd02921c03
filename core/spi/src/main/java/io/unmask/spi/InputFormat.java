package io.unmask.spi;

/**
 * What a network wants to see: the size of the image and how a byte becomes a number.
 *
 * <p>A pixel component {@code v} in 0..255 becomes {@code v / divisor + offset}, computed in 32-bit
 * floating point in that order. The reference's convention is {@code divisor 255, offset 0}, so
 * that values lie in [0, 1].
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param divisor what a component is divided by, finite and not 0
 * @param offset what is added afterwards, finite
 * @param order the order of the colour channels
 */
public record InputFormat(int height, int width, float divisor, float offset, ChannelOrder order) {

  /** The number of colour channels, always 3. */
  public static final int CHANNELS = 3;

  /** The order of the colour channels. */
  public enum ChannelOrder {
    /** Red, green, blue, as nearly everybody does. */
    RGB,
    /** Blue, green, red, as networks that come from OpenCV pipelines expect. */
    BGR
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public InputFormat {
    if (height < 1 || width < 1 || (long) height * width * CHANNELS > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("input size " + height + "x" + width + " out of range");
    }
    if (!Float.isFinite(divisor) || divisor == 0 || !Float.isFinite(offset)) {
      throw new IllegalArgumentException(
          "scaling must be finite, with a divisor that is not 0: /" + divisor + " +" + offset);
    }
  }

  /** The reference's convention for an image of the given size: RGB in [0, 1]. */
  public static InputFormat unitRange(int height, int width) {
    return new InputFormat(height, width, 255f, 0f, ChannelOrder.RGB);
  }

  /** The number of floats in one image: height x width x 3. */
  public int size() {
    return height * width * CHANNELS;
  }
}
