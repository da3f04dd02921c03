package io.unmask.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How many images have at least a certain probability.
 *
 * @param probability the probability
 * @param real how many of them are real
 * @param fake how many of them are fake
 */
record CumulativeCounts(double probability, int real, int fake) {

  /** One for each distinct probability, from the highest to the lowest. */
  static List<CumulativeCounts> of(Predictions predictions) {
    int[] order = predictions.byDescendingProbability();
    List<CumulativeCounts> all = new ArrayList<>();
    int fake = 0;
    for (int i = 0; i < order.length; i++) {
      fake += predictions.fake(order[i]) ? 1 : 0;
      double probability = predictions.probability(order[i]);
      if (i + 1 == order.length || predictions.probability(order[i + 1]) != probability) {
        all.add(new CumulativeCounts(probability, i + 1 - fake, fake));
      }
    }
    return all;
  }
}
