package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.training.report.ScoredImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void whatIsDistortedIsPutRight() {
    OutOfFoldFit fit = OutOfFoldFit.of(images(logit -> (logit - 0.5) / 3)).orElseThrow();
    assertThat(fit.calibration().scale()).isCloseTo(3, within(0.15));
    assertThat(fit.calibration().offset()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void outsideOfTheBandNineInTenAreRight() {
    OutOfFoldFit fit = OutOfFoldFit.of(images(logit -> logit)).orElseThrow();
    assertThat(fit.low()).isBetween(0.2, 0.45);
    assertThat(fit.low() + fit.high()).isCloseTo(1, within(1e-9));
    assertThat(fit.accuracy()).isBetween(0.9, 0.91);
    assertThat(fit.decided()).isBetween(0.6, 0.95);
    assertThat(fit.falsePositives()).isCloseTo(fit.falseNegatives(), within(0.02));
  }

  @Test
  void aSureModelNeedsNoBand() {
    List<ScoredImage> sure = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sure.add(new ScoredImage(Path.of("x"), i % 2 == 0, "x", i % 2 == 0 ? 1 : 0));
    }
    OutOfFoldFit fit = OutOfFoldFit.of(sure).orElseThrow();
    assertThat(fit.low()).isEqualTo(fit.high()).isEqualTo(0.5);
    assertThat(fit.accuracy()).isEqualTo(1);
    assertThat(fit.decided()).isEqualTo(1);
  }

  @Test
  void aModelThatIsTheWrongWayRoundIsNotCalibrated() {
    assertThat(OutOfFoldFit.of(images(logit -> -logit))).isEmpty();
  }
}
