package io.unmask.training.run;

import io.unmask.evaluation.DecisionRule;
import io.unmask.evaluation.SourcedPredictions;
import io.unmask.spi.Calibration;
import io.unmask.training.report.Evaluation;
import io.unmask.training.report.Part;
import io.unmask.training.report.ScoredImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What predictions on images that were not learnt from say about verdicts: a calibration, and when
 * to say fake and real of a calibrated probability.
 *
 * @param calibration makes probabilities of what the models put out
 * @param rule decides on calibrated probabilities
 */
record OutOfFoldFit(Calibration calibration, DecisionRule rule) {

  /** Probabilities are kept as far as this from 0 and 1, so that they have a logit. */
  private static final double EDGE = 1e-7;

  private static final int MAX_STEPS = 100;
  private static final double SMALL = 1e-10;

  /**
   * Fits a calibration, and then a rule.
   *
   * @param evaluation on images of both classes
   * @param balanced whether sources weigh the same, and classes too
   * @param goal what it is to reach
   * @throws IllegalArgumentException if the goal is of cameras that are not there
   * @return empty if higher outputs do not go with more fakes
   */
  static Optional<OutOfFoldFit> of(Evaluation evaluation, boolean balanced, DecisionGoal goal) {
    List<Part> parts = goal.counted(evaluation);
    List<ScoredImage> images = parts.stream().flatMap(part -> part.images().stream()).toList();
    double[] fitted = platt(images, weights(images, balanced));
    if (!(fitted[0] > 0) || !Double.isFinite(fitted[0]) || !Double.isFinite(fitted[1])) {
      return Optional.empty();
    }
    Calibration calibration = new Calibration(fitted[0], fitted[1]);
    return Optional.of(
        new OutOfFoldFit(
            calibration, DecisionRule.of(goal.falsePositives(), calibrated(parts, calibration))));
  }

  private static SourcedPredictions calibrated(List<Part> parts, Calibration calibration) {
    SourcedPredictions.Accumulator all = new SourcedPredictions.Accumulator();
    for (Part part : parts) {
      for (ScoredImage image : part.images()) {
        double probability = calibration.apply(image.probability());
        all.add(part.name(), image.source(), image.fake(), probability);
      }
    }
    return all.snapshot();
  }

  /** What each image weighs; all together as much as there are images. */
  private static double[] weights(List<ScoredImage> images, boolean balanced) {
    double[] weights = new double[images.size()];
    if (!balanced) {
      Arrays.fill(weights, 1);
      return weights;
    }
    Map<Boolean, Map<String, Integer>> counts = new HashMap<>();
    for (ScoredImage image : images) {
      counts
          .computeIfAbsent(image.fake(), fake -> new HashMap<>())
          .merge(image.source(), 1, Integer::sum);
    }
    for (int i = 0; i < weights.length; i++) {
      Map<String, Integer> ofClass = counts.getOrDefault(images.get(i).fake(), Map.of());
      int ofSource = ofClass.getOrDefault(images.get(i).source(), 1);
      weights[i] = (double) images.size() / counts.size() / ofClass.size() / ofSource;
    }
    return weights;
  }

  /**
   * Scale and offset of the greatest likelihood of weighted images, with Platt's targets {@code (n
   * + 1) / (n + 2)} and {@code 1 / (n + 2)}, by Newton's method with steps that are halved until
   * they help (Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs for Support Vector
   * Machines, 2007).
   */
  private static double[] platt(List<ScoredImage> images, double[] weights) {
    double fakes = 0;
    double reals = 0;
    for (int i = 0; i < weights.length; i++) {
      fakes += images.get(i).fake() ? weights[i] : 0;
      reals += images.get(i).fake() ? 0 : weights[i];
    }
    double high = (fakes + 1) / (fakes + 2);
    double low = 1 / (reals + 2);
    double[] x = new double[images.size()];
    double[] target = new double[images.size()];
    for (int i = 0; i < x.length; i++) {
      double p = Math.min(Math.max(images.get(i).probability(), EDGE), 1 - EDGE);
      x[i] = Math.log(p) - Math.log1p(-p);
      target[i] = images.get(i).fake() ? high : low;
    }
    double[] at = {1, 0};
    double loss = loss(x, target, weights, at);
    for (int step = 0; step < MAX_STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = SMALL;
      double hab = 0;
      double hbb = SMALL;
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + Math.exp(-(at[0] * x[i] + at[1])));
        double difference = weights[i] * (p - target[i]);
        double weight = weights[i] * p * (1 - p);
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
      double better = loss(x, target, weights, next);
      while (better > loss && share > SMALL) {
        share /= 2;
        next = new double[] {at[0] + share * da, at[1] + share * db};
        better = loss(x, target, weights, next);
      }
      if (!(loss - better > SMALL * Math.abs(loss))) {
        break;
      }
      at = next;
      loss = better;
    }
    return at;
  }

  private static double loss(double[] x, double[] target, double[] weights, double[] at) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double z = at[0] * x[i] + at[1];
      loss += weights[i] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target[i] * z);
    }
    return loss;
  }
}
