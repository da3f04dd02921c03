package io.unmask.spi;

/**
 * The format of the images that a network reads: their size, and how their pixels become numbers.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param scaling how a level becomes a number; the reference's is {@code v / 255}, so that values
 *     lie in [0, 1]
 * @param order the order of the colour channels
 */
public record InputFormat(int height, int width, PixelScaling scaling, ChannelOrder order) {

  /** The number of channels of a colour image. */
  public static final int CHANNELS = 3;

  /** The colour channels in their order. */
  public enum ChannelOrder {
    /** Red, green, blue, as almost all networks expect. */
    RGB,
    /** Blue, green, red, as networks that come from OpenCV pipelines expect. */
    BGR,
    /**
     * One channel, {@code (19595 R + 38470 G + 7471 B + 32768) / 65536}, rounded down: Pillow's
     * {@code convert("L")}, which is what Keras's {@code color_mode="grayscale"} does.
     */
    GREY;

    /** The number of channels: 3, or 1 for grey images. */
    public int channels() {
      return this == GREY ? 1 : CHANNELS;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range, or the scaling is for another
   *     number of channels
   */
  public InputFormat {
    if (height < 1 || width < 1 || (long) height * width * CHANNELS > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("input size " + height + "x" + width + " out of range");
    }
    scaling = scaling.of(order);
  }

  /**
   * A format with {@code v / divisor + offset} in all channels.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public InputFormat(int height, int width, float divisor, float offset, ChannelOrder order) {
    this(height, width, PixelScaling.of(divisor, offset), order);
  }

  /** The reference's convention for an image of the given size: RGB in [0, 1]. */
  public static InputFormat unitRange(int height, int width) {
    return new InputFormat(height, width, 255f, 0f, ChannelOrder.RGB);
  }

  /** The number of channels: 3, or 1 for grey images. */
  public int channels() {
    return order.channels();
  }

  /** The number of floats in one image: height x width x channels. */
  public int size() {
    return height * width * channels();
  }
}
