package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.spi.FusionRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand from the formulas. */
class FusionRulesTest {

  private static final double EXACT = 1e-15;

  @Test
  void meanIsTheSumByTheNumber() {
    assertThat(new MeanProbability().fuse(new double[] {0.2, 0.3, 1}))
        .isEqualTo(0.5, within(EXACT));
  }

  @Test
  void weightedMeanNeedsNoWeightsThatSumToOne() {
    FusionRule rule = new WeightedMean(List.of(3.0, 1.0));
    assertThat(rule.fuse(new double[] {0.2, 1})).isEqualTo(0.4, within(EXACT));
    assertThat(rule.fuse(new double[] {1, 1})).isEqualTo(1);
  }

  @Test
  void meanLogitIsTheGeometricMeanOfTheOdds() {
    // Odds 1/4 and 9: their geometric mean is 3/2, which is a probability of 3/5.
    assertThat(FusionRule.MEAN_LOGIT.fuse(new double[] {0.2, 0.9})).isEqualTo(0.6, within(EXACT));
    assertThat(FusionRule.MEAN_LOGIT.fuse(new double[] {0, 1})).isEqualTo(0.5, within(1e-9));
    assertThat(FusionRule.MEAN_LOGIT.fuse(new double[] {1, 1})).isEqualTo(1, within(1e-7));
  }

  @Test
  void medianIsTheOneInTheMiddleOrHalfwayBetweenTwo() {
    double[] unsorted = {0.9, 0.1, 0.4};
    assertThat(new Median().fuse(unsorted)).isEqualTo(0.4);
    assertThat(unsorted).containsExactly(0.9, 0.1, 0.4);
    assertThat(new Median().fuse(new double[] {0.9, 0.1, 0.4, 0.6})).isEqualTo(0.5, within(EXACT));
  }

  @Test
  void maxIsTheGreatest() {
    assertThat(new Maximum().fuse(new double[] {0.1, 0.7, 0.3})).isEqualTo(0.7);
  }

  @Test
  void majorityVoteIsTheShareOfThoseAboveOneHalf() {
    assertThat(new MajorityVote().fuse(new double[] {0.51, 0.5, 0.99, 0.1})).isEqualTo(0.5);
  }

  @Test
  void noisyOrIsWhatTheRealsLeave() {
    assertThat(new NoisyOr().fuse(new double[] {0.5, 0.5, 0})).isEqualTo(0.75, within(EXACT));
  }

  @Test
  void everyRuleStaysAProbabilityAndKeepsWhatAllAgreeOn() {
    double[][] corners = {{0, 0, 0}, {1, 1, 1}, {0, 1, 1}, {1e-300, 0.5, 1}};
    for (FusionRule rule :
        List.of(
            new MeanProbability(),
            new WeightedMean(List.of(0.1, 0.2, 0.7)),
            FusionRule.MEAN_LOGIT,
            new Median(),
            new Maximum(),
            new MajorityVote(),
            new NoisyOr())) {
      for (double[] probabilities : corners) {
        assertThat(rule.fuse(probabilities)).as(rule.name()).isBetween(0.0, 1.0);
      }
      assertThat(rule.fuse(corners[0])).as(rule.name()).isEqualTo(0, within(1e-7));
      assertThat(rule.fuse(corners[1])).as(rule.name()).isEqualTo(1, within(1e-7));
    }
  }

  @Test
  void allHaveNames() {
    assertThat(FusionRules.names())
        .containsExactly(
            "mean", "weighted-mean", "mean-logit", "median", "max", "majority-vote", "noisy-or");
  }
}
