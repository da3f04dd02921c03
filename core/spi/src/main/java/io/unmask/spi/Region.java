package io.unmask.spi;

/**
 * A rectangle of a {@link Photo}, in its pixels.
 *
 * @param left the first column, at least 0
 * @param top the first row, at least 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Region(int left, int top, int width, int height) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Region {
    if (left < 0
        || top < 0
        || width < 1
        || height < 1
        || left > Integer.MAX_VALUE - width
        || top > Integer.MAX_VALUE - height) {
      throw new IllegalArgumentException(
          "a region has a corner from 0 on and at least 1x1 pixels: %dx%d at (%d, %d)"
              .formatted(width, height, left, top));
    }
  }

  /** The column after the last one. */
  public int right() {
    return left + width;
  }

  /** The row after the last one. */
  public int bottom() {
    return top + height;
  }

  /** Whether a picture of this size contains this region. */
  public boolean isWithin(ImageSize size) {
    return right() <= size.width() && bottom() <= size.height();
  }

  /**
   * Returns this region.
   *
   * @throws IllegalArgumentException if a picture of this size does not contain it
   */
  public Region checkWithin(ImageSize size) {
    if (!isWithin(size)) {
      throw new IllegalArgumentException(this + " is not within a picture of " + size);
    }
    return this;
  }

  /** The smallest region that contains both. */
  public Region with(Region other) {
    int leftmost = Math.min(left, other.left);
    int topmost = Math.min(top, other.top);
    return new Region(
        leftmost,
        topmost,
        Math.max(right(), other.right()) - leftmost,
        Math.max(bottom(), other.bottom()) - topmost);
  }

  /**
   * Returns the largest part in the middle that has the ratio of width to height of an image, as
   * Keras crops it ({@code keep_aspect_ratio} of {@code load_img}, {@code crop_to_aspect_ratio} of
   * {@code image_dataset_from_directory}): its size and its corner are rounded down.
   *
   * @param imageHeight rows of the image
   * @param imageWidth columns of the image
   */
  public Region croppedTo(int imageHeight, int imageWidth) {
    int rows = (int) Math.max(1, Math.min(height, (long) width * imageHeight / imageWidth));
    int columns = (int) Math.max(1, Math.min(width, (long) height * imageWidth / imageHeight));
    return new Region(left + (width - columns) / 2, top + (height - rows) / 2, columns, rows);
  }

  /** Size and corner, such as {@code 640 x 480 at (10, 20)}. */
  @Override
  public String toString() {
    return "%d x %d at (%d, %d)".formatted(width, height, left, top);
  }
}
