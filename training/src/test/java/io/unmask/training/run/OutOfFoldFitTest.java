package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.evaluation.DecisionRule;
import io.unmask.training.report.Evaluation;
import io.unmask.training.report.ScoredImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class OutOfFoldFitTest {

  /** Images of which so many are fake as their true probability says, with what is put out. */
  private static List<ScoredImage> images(DoubleUnaryOperator distortion) {
    SplittableRandom random = new SplittableRandom(11);
    List<ScoredImage> images = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double logit = random.nextDouble(-4, 4);
      boolean fake = random.nextDouble() < sigmoid(logit);
      images.add(
          new ScoredImage(Path.of("x"), fake, "x", sigmoid(distortion.applyAsDouble(logit))));
    }
    return images;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Optional<OutOfFoldFit> fit(List<ScoredImage> images, boolean balanced) {
    Evaluation evaluation = Evaluation.of("Any", Map.of(), images, 0.5, List.of());
    return OutOfFoldFit.of(evaluation, balanced, new DecisionGoal(0.05));
  }

  @Test
  void whatIsDistortedIsPutRight() {
    OutOfFoldFit fit = fit(images(logit -> (logit - 0.5) / 3), false).orElseThrow();
    assertThat(fit.calibration().scale()).isCloseTo(3, within(0.15));
    assertThat(fit.calibration().offset()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void theRuleIsForCalibratedProbabilities() {
    OutOfFoldFit fit = fit(images(logit -> (logit - 0.5) / 3), false).orElseThrow();
    OutOfFoldFit same = fit(images(logit -> logit), false).orElseThrow();
    assertThat(fit.rule().threshold()).isCloseTo(same.rule().threshold(), within(0.01));
    assertThat(fit.rule().realBelow()).isCloseTo(same.rule().realBelow(), within(0.01));
    assertThat(fit.rule().falseFakeRate()).isBetween(0.049, 0.05);
    assertThat(fit.rule().hasBand()).isTrue();
  }

  /** A source that is nine tenths of all images pulls no harder than the other ones. */
  @Test
  void sourcesMayWeighTheSame() {
    List<ScoredImage> few = images(logit -> logit).subList(0, 2000);
    List<ScoredImage> images = new ArrayList<>(few);
    for (ScoredImage image : few) {
      ScoredImage shifted =
          new ScoredImage(image.file(), image.fake(), "shifted", image.probability() / 2);
      images.add(shifted);
    }
    OutOfFoldFit once = fit(images, true).orElseThrow();
    for (int i = 0; i < 8; i++) {
      images.addAll(few);
    }
    OutOfFoldFit often = fit(images, true).orElseThrow();
    assertThat(often.calibration().scale()).isCloseTo(once.calibration().scale(), within(0.01));
    assertThat(fit(images, false).orElseThrow().calibration().scale())
        .isNotCloseTo(once.calibration().scale(), within(0.05));
  }

  @Test
  void aSureModelNeedsNoBand() {
    List<ScoredImage> sure = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sure.add(new ScoredImage(Path.of("x"), i % 2 == 0, "x", i % 2 == 0 ? 1 : 0));
    }
    DecisionRule rule = fit(sure, false).orElseThrow().rule();
    assertThat(rule.hasBand()).isFalse();
    assertThat(rule.recall()).isEqualTo(1);
    assertThat(rule.realOfFake()).isZero();
  }

  @Test
  void aModelThatIsTheWrongWayRoundIsNotCalibrated() {
    assertThat(fit(images(logit -> -logit), false)).isEmpty();
  }

  /** A collection whose photographs all look fake decides nothing if it is not to count. */
  @Test
  void aCameraMayBeLeftOutOfIt() {
    List<ScoredImage> images = images(logit -> logit);
    OutOfFoldFit usual = fit(images, true).orElseThrow();
    List<ScoredImage> more = new ArrayList<>(images);
    for (int i = 0; i < 4000; i++) {
      more.add(new ScoredImage(Path.of("y"), false, "odd", 0.99));
    }
    Evaluation evaluation = Evaluation.of("Any", Map.of(), more, 0.5, List.of());
    assertThat(fit(more, true)).isNotEqualTo(Optional.of(usual));
    DecisionGoal goal = new DecisionGoal(0.05, Set.of("odd"));
    assertThat(OutOfFoldFit.of(evaluation, true, goal)).contains(usual);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OutOfFoldFit.of(evaluation, true, new DecisionGoal(0.05, Set.of("other"))))
        .withMessageContaining("[odd, x]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OutOfFoldFit.of(evaluation, true, new DecisionGoal(0.05, Set.of("odd", "x"))));
    assertThatIllegalArgumentException().isThrownBy(() -> new DecisionGoal(1.5));
  }
}
