package io.unmask.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  @Test
  void aProbabilityAtTheThresholdIsReal() {
    Predictions three =
        Predictions.of(new double[] {0.5, 0.5, 0.6}, new boolean[] {false, true, true});
    assertThat(ConfusionMatrix.of(three, 0.5)).isEqualTo(new ConfusionMatrix(1, 0, 1, 1));
  }

  @Test
  void nothingChangesThemLater() {
    double[] probabilities = {0.25, 0.75};
    boolean[] fakes = {false, true};
    Predictions two = Predictions.of(probabilities, fakes);
    probabilities[0] = 1;
    fakes[0] = true;
    assertThat(two.probability(0)).isEqualTo(0.25);
    assertThat(two.fake(0)).isFalse();

    Predictions.Accumulator accumulator = new Predictions.Accumulator();
    accumulator.addAll(two);
    Predictions before = accumulator.snapshot();
    accumulator.add(0.5, true);
    assertThat(before).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(accumulator.snapshot().size()).isEqualTo(3);
  }

  @Test
  void foldsArePooledInTheirOrder() {
    Predictions one = Predictions.of(new double[] {0.1}, new boolean[] {true});
    Predictions two = Predictions.of(new double[] {0.2, 0.3}, new boolean[] {false, true});
    assertThat(Predictions.pooled(List.of(one, two)))
        .isEqualTo(Predictions.of(new double[] {0.1, 0.2, 0.3}, new boolean[] {true, false, true}))
        .hasToString("Predictions[1 real, 2 fake]");
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Predictions.of(new double[] {wrong}, new boolean[] {true}))
          .withMessageContaining(String.valueOf(wrong));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Predictions.Accumulator().add(wrong, true));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictions.of(new double[2], new boolean[3]));
  }

  @Test
  void oneClassHasNoRocCurveButAnAccuracy() {
    Predictions fakes = Predictions.of(new double[] {0.9, 0.2}, new boolean[] {true, true});
    assertThatIllegalStateException()
        .isThrownBy(() -> RocCurve.of(fakes))
        .withMessageContaining("0 real and 2 fake");
    Metrics metrics = new Metrics(fakes, 0.5);
    assertThat(metrics.get(Metric.AUC)).isEmpty();
    assertThat(metrics.get(Metric.ACCURACY)).hasValue(0.5);
    Metrics other =
        new Metrics(Predictions.of(new double[] {0.9, 0.2}, new boolean[] {true, false}), 0.5);
    assertThat(Metrics.over(List.of(metrics, other), Metric.AUC))
        .isEqualTo(new MeanAndDeviation(1, 0));
    assertThat(Metrics.over(List.of(metrics, other), Metric.ACCURACY))
        .hasToString("0.7500 ± 0.2500");
  }

  @Test
  void nothingAtAllIsRefused() {
    Predictions none = new Predictions.Accumulator().snapshot();
    assertThatIllegalStateException().isThrownBy(none::logLoss);
    assertThatIllegalStateException().isThrownBy(none::brierScore);
    assertThatIllegalArgumentException().isThrownBy(() -> new Metrics(none, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> MeanAndDeviation.of(List.of()));
    Predictions some = Predictions.of(new double[] {0.5}, new boolean[] {true});
    assertThatIllegalArgumentException().isThrownBy(() -> new Metrics(some, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> CalibrationCurve.of(some, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfusionMatrix(1, -1, 1, 1));
  }
}
