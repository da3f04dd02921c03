package io.unmask.training.run;

import io.unmask.spi.Calibration;
import io.unmask.training.report.ScoredImage;
import java.util.List;
import java.util.Optional;

/**
 * What predictions on images that were not learnt from say about verdicts: a calibration, and a
 * band around one half in which there should be none.
 *
 * @param calibration makes probabilities of what the models put out
 * @param low where the band begins, in [0, 1/2]
 * @param high where it ends, as far above one half
 * @param falsePositives the share of real images that are fake by a calibrated probability above
 *     one half
 * @param falseNegatives the share of fake images that are not
 * @param decided the share of images outside of the band
 * @param accuracy of those, in [0, 1]
 */
record OutOfFoldFit(
    Calibration calibration,
    double low,
    double high,
    double falsePositives,
    double falseNegatives,
    double decided,
    double accuracy) {

  /** What the verdicts outside of the band should reach. */
  private static final double WANTED_ACCURACY = 0.9;

  private static final double STEP = 0.01;
  private static final double WIDEST = 0.45;
  private static final double HALF = 0.5;

  /** Probabilities are kept as far as this from 0 and 1, so that they have a logit. */
  private static final double EDGE = 1e-7;

  private static final int MAX_STEPS = 100;
  private static final double SMALL = 1e-10;

  /**
   * Fits a calibration, and then the narrowest band outside of which nine verdicts in ten are
   * right, or the widest there may be.
   *
   * @param images of both classes
   * @return empty if higher outputs do not go with more fakes
   */
  static Optional<OutOfFoldFit> of(List<ScoredImage> images) {
    double[] fitted = platt(images);
    if (!(fitted[0] > 0) || !Double.isFinite(fitted[0]) || !Double.isFinite(fitted[1])) {
      return Optional.empty();
    }
    Calibration calibration = new Calibration(fitted[0], fitted[1]);
    double width = 0;
    double[] outside = outside(images, calibration, width);
    while (outside[1] < WANTED_ACCURACY && width + STEP <= WIDEST) {
      width += STEP;
      outside = outside(images, calibration, width);
    }
    return Optional.of(
        new OutOfFoldFit(
            calibration,
            rounded(HALF - width),
            rounded(HALF + width),
            wrong(images, calibration, false),
            wrong(images, calibration, true),
            outside[0],
            outside[1]));
  }

  private static double rounded(double value) {
    return Math.round(value / STEP) * STEP;
  }

  /** The share of images outside of a band, and how many of these are judged rightly. */
  private static double[] outside(List<ScoredImage> images, Calibration calibration, double width) {
    int count = 0;
    int right = 0;
    for (ScoredImage image : images) {
      double p = calibration.apply(image.probability());
      if (width == 0 || p < HALF - width || p > HALF + width) {
        count++;
        right += image.fake() == p > HALF ? 1 : 0;
      }
    }
    return new double[] {(double) count / images.size(), count == 0 ? 0 : (double) right / count};
  }

  private static double wrong(List<ScoredImage> images, Calibration calibration, boolean fake) {
    List<ScoredImage> ofClass = images.stream().filter(image -> image.fake() == fake).toList();
    long wrong =
        ofClass.stream()
            .filter(image -> calibration.apply(image.probability()) > HALF != fake)
            .count();
    return (double) wrong / ofClass.size();
  }

  /**
   * Scale and offset of the greatest likelihood, with Platt's targets {@code (n + 1) / (n + 2)} and
   * {@code 1 / (n + 2)}, by Newton's method with steps that are halved until they help (Lin, Lin
   * and Weng, A Note on Platt's Probabilistic Outputs for Support Vector Machines, 2007).
   */
  private static double[] platt(List<ScoredImage> images) {
    long fakes = images.stream().filter(ScoredImage::fake).count();
    double high = (fakes + 1.0) / (fakes + 2);
    double low = 1.0 / (images.size() - fakes + 2);
    double[] x = new double[images.size()];
    double[] target = new double[images.size()];
    for (int i = 0; i < x.length; i++) {
      double p = Math.min(Math.max(images.get(i).probability(), EDGE), 1 - EDGE);
      x[i] = Math.log(p) - Math.log1p(-p);
      target[i] = images.get(i).fake() ? high : low;
    }
    double[] at = {1, 0};
    double loss = loss(x, target, at);
    for (int step = 0; step < MAX_STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = SMALL;
      double hab = 0;
      double hbb = SMALL;
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + Math.exp(-(at[0] * x[i] + at[1])));
        double difference = p - target[i];
        double weight = p * (1 - p);
        ga += difference * x[i];
        gb += difference;
        haa += weight * x[i] * x[i];
        hab += weight * x[i];
        hbb += weight;
      }
      double determinant = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / determinant;
      double db = -(haa * gb - hab * ga) / determinant;
      double share = 1;
      double[] next = {at[0] + da, at[1] + db};
      double better = loss(x, target, next);
      while (better > loss && share > SMALL) {
        share /= 2;
        next = new double[] {at[0] + share * da, at[1] + share * db};
        better = loss(x, target, next);
      }
      if (!(loss - better > SMALL * Math.abs(loss))) {
        break;
      }
      at = next;
      loss = better;
    }
    return at;
  }

  private static double loss(double[] x, double[] target, double[] at) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double z = at[0] * x[i] + at[1];
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target[i] * z;
    }
    return loss;
  }
}
