package io.unmask.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a probability means what it says: of the images with a probability near 0.8, about 80 %
 * should be fake. Immutable.
 *
 * <p>As scikit-learn's {@code calibration_curve(strategy='uniform')}: [0, 1] is cut into bins of
 * the same width, a probability on the border of two belongs to the lower one, and bins without
 * images are left out.
 *
 * @param bins the bins that hold images, from low to high
 */
public record CalibrationCurve(List<Bin> bins) {

  /**
   * A bin.
   *
   * @param meanProbability the mean predicted probability, in [0, 1]
   * @param shareOfFake the share of the images that are fake in truth, in [0, 1]
   * @param count how many images there are, at least 1
   */
  public record Bin(double meanProbability, double shareOfFake, int count) {}

  /** Copies the list. */
  public CalibrationCurve {
    bins = List.copyOf(bins);
  }

  /**
   * Sorts the predictions into bins.
   *
   * @param binCount the number of bins, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public static CalibrationCurve of(Predictions predictions, int binCount) {
    if (binCount < 1) {
      throw new IllegalArgumentException("binCount: " + binCount + ", expected at least 1");
    }
    double width = 1.0 / binCount;
    double[] sums = new double[binCount];
    int[] counts = new int[binCount];
    int[] fakes = new int[binCount];
    for (int i = 0; i < predictions.size(); i++) {
      double probability = predictions.probability(i);
      int bin = 0;
      while (bin + 1 < binCount && (bin + 1) * width < probability) {
        bin++;
      }
      sums[bin] += probability;
      counts[bin]++;
      fakes[bin] += predictions.fake(i) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < binCount; bin++) {
      if (counts[bin] > 0) {
        bins.add(new Bin(sums[bin] / counts[bin], (double) fakes[bin] / counts[bin], counts[bin]));
      }
    }
    return new CalibrationCurve(bins);
  }

  /**
   * The expected calibration error: the mean distance between predicted probability and true share,
   * each bin weighted with its images. 0 is perfect.
   */
  public double expectedCalibrationError() {
    double sum = 0;
    long total = 0;
    for (Bin bin : bins) {
      sum += Math.abs(bin.shareOfFake() - bin.meanProbability()) * bin.count();
      total += bin.count();
    }
    return total == 0 ? 0 : sum / total;
  }
}
