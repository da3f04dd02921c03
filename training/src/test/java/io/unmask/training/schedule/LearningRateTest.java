package io.unmask.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void aConstantRateStaysTheSame() {
    assertThat(new LearningRate.Constant(0.5).at(7, 10)).isEqualTo(0.5);
  }

  @Test
  void aCosineFallsFromTheHighestRateThroughItsHalf() {
    LearningRate rate = new LearningRate.Cosine(0.4);
    assertThat(rate.at(0, 100)).isEqualTo(0.4);
    assertThat(rate.at(50, 100)).isCloseTo(0.2, within(1e-15));
    assertThat(rate.at(99, 100)).isPositive().isLessThan(1e-3);
  }

  @Test
  void aCycleRisesForThreeTenthsAndFallsThen() {
    LearningRate rate = new LearningRate.OneCycle(0.1);
    assertThat(rate.at(0, 100)).isCloseTo(0.004, within(1e-15));
    assertThat(rate.at(15, 100)).isCloseTo(0.052, within(1e-15));
    assertThat(rate.at(30, 100)).isCloseTo(0.1, within(1e-15));
    assertThat(rate.at(65, 100)).isCloseTo(0.05, within(1e-15));
    for (int step = 1; step < 100; step++) {
      assertThat(rate.at(step, 100) > rate.at(step - 1, 100)).isEqualTo(step <= 30);
    }
  }

  @Test
  void aRateIsPositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.Constant(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.Cosine(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.OneCycle(Double.NaN));
  }
}
