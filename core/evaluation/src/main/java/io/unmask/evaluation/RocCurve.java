package io.unmask.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic: what share of the real images is taken for fake, and what
 * share of the fake ones is recognised, as the threshold falls. Immutable.
 *
 * <p>As scikit-learn's {@code roc_curve}: equal probabilities are one threshold, the curve begins
 * at (0, 0) with an infinite one, and points on a straight line between their neighbours are left
 * out. Note that <em>there</em> a verdict is fake from the threshold on, not only above it.
 *
 * @param points from (0, 0) to (1, 1)
 */
public record RocCurve(List<Point> points) {

  /**
   * A point of the curve.
   *
   * @param falseFakeRate the share of the real images that are taken for fake, in [0, 1]
   * @param trueFakeRate the share of the fake images that are recognised, in [0, 1]
   * @param threshold the lowest probability that counts as fake; infinite at the first point
   */
  public record Point(double falseFakeRate, double trueFakeRate, double threshold) {}

  /** Copies the list. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve without the points that lie on a straight line.
   *
   * @throws IllegalStateException if a class is missing
   */
  public static RocCurve of(Predictions predictions) {
    predictions.requireBothClasses();
    List<CumulativeCounts> all = CumulativeCounts.of(predictions);
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
    for (int i = 0; i < all.size(); i++) {
      boolean inside = i > 0 && i + 1 < all.size();
      if (!inside || bends(all.get(i - 1), all.get(i), all.get(i + 1))) {
        CumulativeCounts counts = all.get(i);
        points.add(
            new Point(
                (double) counts.real() / predictions.realCount(),
                (double) counts.fake() / predictions.fakeCount(),
                counts.probability()));
      }
    }
    return new RocCurve(points);
  }

  /** The area under the curve, by trapezoids: 1 is perfect, 0.5 is guessing. */
  public double auc() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      area +=
          (to.falseFakeRate() - from.falseFakeRate())
              * (to.trueFakeRate() + from.trueFakeRate())
              / 2;
    }
    return area;
  }

  /**
   * The error rate where as many real images are taken for fake as fake ones for real: where the
   * curve, a polyline, crosses the falling diagonal.
   */
  public double equalErrorRate() {
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      double below = from.falseFakeRate() + from.trueFakeRate() - 1;
      double above = to.falseFakeRate() + to.trueFakeRate() - 1;
      if (above >= 0) {
        double share = below / (below - above);
        return from.falseFakeRate() + share * (to.falseFakeRate() - from.falseFakeRate());
      }
    }
    throw new IllegalStateException("a ROC curve ends at (1, 1)");
  }

  private static boolean bends(CumulativeCounts a, CumulativeCounts b, CumulativeCounts c) {
    return c.real() - b.real() != b.real() - a.real() || c.fake() - b.fake() != b.fake() - a.fake();
  }
}
