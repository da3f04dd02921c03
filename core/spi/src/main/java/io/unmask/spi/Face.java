package io.unmask.spi;

import java.util.List;

/**
 * A face in a {@link Photo}. All positions are in pixels of the photo as it is shown, from its
 * upper left corner; the middle of a pixel lies at .5. A face at the border may reach beyond it.
 * Immutable.
 *
 * @param box the box around the face, from the eyebrows to the chin
 * @param points points of the face, in an order that the finder documents, such as the eyes, the
 *     tip of the nose, the mouth and the ears; may be empty
 * @param score how sure the finder is that this is a face, in [0, 1]
 */
public record Face(Box box, List<Point> points, double score) {

  /**
   * A rectangle.
   *
   * @param left its left edge
   * @param top its upper edge
   * @param right its right edge, not left of {@code left}
   * @param bottom its lower edge, not above {@code top}
   */
  public record Box(double left, double top, double right, double bottom) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the edges are in the wrong order or not finite
     */
    public Box {
      if (!(left <= right && top <= bottom)
          || !Double.isFinite(left + top)
          || !Double.isFinite(right + bottom)) {
        throw new IllegalArgumentException(
            "a box has finite edges, left before right and top before bottom, not %s,%s,%s,%s"
                .formatted(left, top, right, bottom));
      }
    }

    /** The distance from the left edge to the right. */
    public double width() {
      return right - left;
    }

    /** The distance from the upper edge to the lower. */
    public double height() {
      return bottom - top;
    }

    /** The longer of the two sides. */
    public double side() {
      return Math.max(width(), height());
    }
  }

  /**
   * A point in a photo.
   *
   * @param x the position from left to right
   * @param y the position from top to bottom
   */
  public record Point(double x, double y) {}

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Face {
    points = List.copyOf(points);
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score lies in [0, 1], not " + score);
    }
  }
}
