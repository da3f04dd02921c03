package io.unmask.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * When to say fake, real, and neither, fitted on images that were not learnt from. Immutable.
 *
 * <p>An image is fake above the threshold, which at most the wanted share of all photographs
 * exceeds. It is real below {@code realBelow}: the highest place, up to the threshold, below which
 * nine in ten images are photographs if half of all images are, and generators and cameras weigh
 * the same whatever their number of images. Between the two it is undecided.
 *
 * @param rate the greatest share of the photographs that may be taken for fake, in [0, 1]
 * @param threshold an image is fake above it
 * @param realBelow an image is real below it, at most the threshold; 0 if nothing is
 * @param falseFakeRate the share of all photographs that are taken for fake
 * @param recall the share of the fakes that are found, the mean over the generators
 * @param realOfReal the share of the photographs that are called real, the mean over the cameras
 * @param realOfFake the share of the fakes that are called real, the mean over the generators
 */
public record DecisionRule(
    double rate,
    double threshold,
    double realBelow,
    double falseFakeRate,
    double recall,
    double realOfReal,
    double realOfFake) {

  /** How often the verdict <em>real</em> is to be right. */
  public static final double REAL_IS_RIGHT = 0.9;

  /**
   * Fits a rule.
   *
   * @param rate in [0, 1]
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if a class is missing
   */
  public static DecisionRule of(double rate, SourcedPredictions predictions) {
    OperatingPoint fake = OperatingPoint.at(rate, predictions.pooled());
    List<double[]> cameras = predictions.sorted(false);
    List<double[]> generators = predictions.sorted(true);
    double real = realBelow(fake.threshold(), cameras, generators);
    return new DecisionRule(
        rate,
        fake.threshold(),
        real,
        fake.falseFakeRate(),
        mean(generators, fake.threshold(), true),
        mean(cameras, real, false),
        mean(generators, real, false));
  }

  /** Whether images are left undecided. */
  public boolean hasBand() {
    return realBelow < threshold;
  }

  private static double realBelow(
      double threshold, List<double[]> cameras, List<double[]> generators) {
    double[] places =
        DoubleStream.concat(
                DoubleStream.of(threshold),
                DoubleStream.concat(
                    cameras.stream().flatMapToDouble(Arrays::stream),
                    generators.stream().flatMapToDouble(Arrays::stream)))
            .filter(place -> place <= threshold)
            .distinct()
            .sorted()
            .toArray();
    for (int i = places.length - 1; i >= 0; i--) {
      double ofReal = mean(cameras, places[i], false);
      double ofFake = mean(generators, places[i], false);
      if (ofReal > 0 && ofReal >= REAL_IS_RIGHT * (ofReal + ofFake)) {
        return places[i];
      }
    }
    return 0;
  }

  /** The mean over sources of the share of the values above a place, or else below it. */
  private static double mean(List<double[]> sources, double place, boolean above) {
    double before = Math.nextDown(place); // what is not below is above the number before
    return sources.stream()
        .mapToDouble(
            each ->
                above
                    ? SourcedPredictions.shareAbove(each, place)
                    : 1 - SourcedPredictions.shareAbove(each, before))
        .average()
        .orElseThrow();
  }
}
