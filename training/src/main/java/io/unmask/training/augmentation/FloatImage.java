package io.unmask.training.augmentation;

/**
 * An image of 32-bit floats, usually in [0, 1].
 *
 * <p>Who holds one must not change the pixels: they are not copied. Every operation makes a new
 * image.
 *
 * @param height rows
 * @param width columns
 * @param pixels {@code [height, width, 3]} in row-major order, red, green and blue
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer; compared by identity
public record FloatImage(int height, int width, float[] pixels) {

  /** The number of colour channels, always 3. */
  public static final int CHANNELS = 3;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it does not fit the number of floats
   */
  public FloatImage {
    if (height < 1 || width < 1 || (long) height * width * CHANNELS != pixels.length) {
      throw new IllegalArgumentException(
          "%d floats are no image of %d x %d x %d"
              .formatted(pixels.length, height, width, CHANNELS));
    }
  }
}
