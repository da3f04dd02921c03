package io.unmask.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {

  private final SourcedPredictions.Accumulator all = new SourcedPredictions.Accumulator();

  /** So many images of a source with probabilities around a logit. */
  private void source(String name, boolean fake, int images, double logit) {
    Random random = new Random(name.hashCode());
    for (int i = 0; i < images; i++) {
      double z = logit + random.nextGaussian();
      all.add("Fold 1", name, fake, 1 / (1 + Math.exp(-z)));
    }
  }

  @Test
  void atMostTheWantedShareOfPhotographsIsFake() {
    source("ffhq", false, 1000, -1);
    source("lfw", false, 300, 0);
    source("sdxl", true, 800, 3);
    for (double rate : new double[] {0.005, 0.01, 0.05, 0.2}) {
      DecisionRule rule = DecisionRule.of(rate, all.snapshot());
      assertThat(rule.falseFakeRate()).isLessThanOrEqualTo(rate).isGreaterThan(rate - 0.002);
      assertThat(rule.realBelow()).isLessThanOrEqualTo(rule.threshold());
    }
    assertThat(DecisionRule.of(0.01, all.snapshot()).recall())
        .isGreaterThan(DecisionRule.of(0.005, all.snapshot()).recall());
  }

  /** The worse generator has few images, and weighs as much as the other. */
  @Test
  void realIsRightNineTimesInTenWithEachSourceWeighingTheSame() {
    source("ffhq", false, 1000, -2);
    source("lfw", false, 50, -1);
    source("sdxl", true, 2000, 3);
    source("midjourney", true, 40, 0);
    SourcedPredictions predictions = all.snapshot();
    DecisionRule rule = DecisionRule.of(0.01, predictions);
    assertThat(rule.hasBand()).isTrue();
    assertThat(rule.realOfReal() / (rule.realOfReal() + rule.realOfFake()))
        .isGreaterThanOrEqualTo(0.9)
        .isLessThan(0.92);
    double wrong =
        predictions.bySource(true).get("midjourney").stream()
            .filter(image -> image.probability() < rule.realBelow())
            .count();
    assertThat(rule.realOfFake()).isCloseTo(wrong / 40 / 2, within(1e-3));
  }

  @Test
  void whereNothingTellsThemApartRealIsNeverSaid() {
    source("one", false, 200, 0);
    for (SourcedPredictions.Image image : all.snapshot().images()) {
      all.add("Fold 1", "same", true, image.probability() * 0.999);
    }
    DecisionRule rule = DecisionRule.of(0.01, all.snapshot());
    assertThat(rule.realBelow()).isZero();
    assertThat(rule.realOfFake()).isZero();
    assertThat(rule.hasBand()).isTrue();
  }

  @Test
  void whereTheyAreFarApartNothingIsUndecided() {
    source("one", false, 200, -8);
    source("two", true, 200, 8);
    DecisionRule rule = DecisionRule.of(0.01, all.snapshot());
    assertThat(rule.hasBand()).isFalse();
    assertThat(rule.recall()).isEqualTo(1);
    assertThat(rule.realOfReal()).isGreaterThan(0.98);
  }

  @Test
  void recallHasAnIntervalOverSourcesThatIsTheSameEachTime() {
    source("ffhq", false, 500, -2);
    source("lfw", false, 500, -1);
    source("sdxl", true, 500, 3);
    source("flux", true, 500, 1);
    source("dalle", true, 500, -1);
    RecallAtRate five = RecallAtRate.at(0.05, all.snapshot());
    assertThat(five).isEqualTo(RecallAtRate.at(0.05, all.snapshot()));
    assertThat(five.low()).isLessThan(five.recall() - 0.1);
    assertThat(five.high()).isGreaterThan(five.recall() + 0.1);
    double pooled = OperatingPoint.at(0.05, all.snapshot().pooled()).recall();
    assertThat(five.recall()).isCloseTo(pooled, within(1e-12)); // generators of equal size
    assertThat(RecallAtRate.all(all.snapshot()))
        .extracting(RecallAtRate::limit)
        .containsExactly(0.005, 0.01, 0.05);
  }

  /** The standard deviation of a share of 0.5 among 400 is 0.025. */
  @Test
  void aSingleSourceIsResampledByImage() {
    source("one", false, 4000, 0);
    source("two", true, 400, 1.645);
    RecallAtRate five = RecallAtRate.at(0.05, all.snapshot());
    assertThat(five.recall()).isCloseTo(0.5, within(0.08));
    assertThat(five.high() - five.low()).isBetween(0.07, 0.16);
  }

  @Test
  void withoutAClassThereIsNothingToFit() {
    source("one", false, 10, 0);
    assertThat(RecallAtRate.all(all.snapshot())).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> DecisionRule.of(0.01, all.snapshot()));
    source("two", true, 10, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> DecisionRule.of(1.5, all.snapshot()));
    assertThatIllegalArgumentException().isThrownBy(() -> all.add("p", "s", true, Double.NaN));
  }
}
