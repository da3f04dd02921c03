package io.unmask.network;

/**
 * The geometry of a sliding window over {@code [height, width]}.
 *
 * @param size how many elements it covers
 * @param stride how far it moves
 * @param dilation the distance of neighbouring elements, 1 for a dense window
 * @param padding what happens at the edge
 */
public record Window(Size size, Size stride, Size dilation, Padding padding) {

  /**
   * Two numbers, one an axis.
   *
   * @param height along the rows, at least 1
   * @param width along the columns, at least 1
   */
  public record Size(int height, int width) {
    /** 1 by 1. */
    public static final Size ONE = new Size(1, 1);

    /** Checks the ranges. */
    public Size {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException("sizes must be positive, not " + height + "x" + width);
      }
    }

    /** The same number along both axes. */
    public static Size square(int side) {
      return new Size(side, side);
    }
  }

  /** A dense window. */
  public Window(Size size, Size stride, Padding padding) {
    this(size, stride, Size.ONE, padding);
  }

  /** The window's positions along the rows of an input of the given height. */
  public Extent rows(int height) {
    return Extent.of(height, size.height(), stride.height(), dilation.height(), padding);
  }

  /** The window's positions along the columns of an input of the given width. */
  public Extent columns(int width) {
    return Extent.of(width, size.width(), stride.width(), dilation.width(), padding);
  }

  /** True if it neither covers nor skips more than one element. */
  boolean isPointwise() {
    return size.equals(Size.ONE) && stride.equals(Size.ONE);
  }
}
