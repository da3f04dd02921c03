package io.unmask.spi;

/**
 * The size of an image in pixels.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) {

  /** Width by height, as people say it: {@code 640 x 480}. */
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
