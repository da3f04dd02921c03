package io.unmask.faces;

/**
 * What a network takes for a face. Immutable.
 *
 * @param places left, top, right, bottom of the box, then x and y of each point: all of even index
 *     go to the right, all of odd index downwards
 * @param score the probability that it is a face
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record Candidate(double[] places, double score) {

  /** How many numbers the places are: a box and six points. */
  static final int PLACES = 16;

  private static final int LEFT = 0;
  private static final int TOP = 1;
  private static final int RIGHT = 2;
  private static final int BOTTOM = 3;

  double left() {
    return places[LEFT];
  }

  double top() {
    return places[TOP];
  }

  double right() {
    return places[RIGHT];
  }

  double bottom() {
    return places[BOTTOM];
  }

  /** The longer side of the box. */
  double side() {
    return Math.max(right() - left(), bottom() - top());
  }

  /** The area that both boxes cover as a share of what at least one covers. */
  double overlap(Candidate other) {
    double width = Math.min(right(), other.right()) - Math.max(left(), other.left());
    double height = Math.min(bottom(), other.bottom()) - Math.max(top(), other.top());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    return common / (area() + other.area() - common);
  }

  private double area() {
    return (right() - left()) * (bottom() - top());
  }
}
