package io.unmask.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceTableTest {

  @Test
  void aGeneratorIsHeldAgainstItsOwnCamerasAndAgainstAll() {
    SourcedPredictions.Accumulator all = new SourcedPredictions.Accumulator();
    // Fold 1: the generator is above its camera. Fold 2: both lie higher.
    all.add("Fold 1", "ffhq", false, 0.1);
    all.add("Fold 1", "ffhq", false, 0.2);
    all.add("Fold 1", "sdxl", true, 0.5);
    all.add("Fold 1", "sdxl", true, 0.6);
    all.add("Fold 2", "lfw", false, 0.55);
    all.add("Fold 2", "lfw", false, 0.7);
    all.add("Fold 2", "flux", true, 0.4);
    all.add("Fold 2", "flux", true, 0.8);
    SourceTable table = SourceTable.of(all.snapshot(), 0.5);
    assertThat(table.generators())
        .extracting(SourceTable.Generator::name)
        .containsExactly("sdxl", "flux");
    SourceTable.Generator sdxl = table.generators().get(0);
    assertThat(sdxl.own()).isEqualTo(new SourceTable.Figures(1, 1, 1));
    assertThat(sdxl.all().auc()).isCloseTo(5 / 8.0, within(1e-12));
    assertThat(sdxl.all().recallAt5()).isZero();
    assertThat(table.generators().get(1).own().auc()).isCloseTo(0.5, within(1e-12));
    assertThat(table.generators().get(1).own().recallAt1()).isEqualTo(0.5);
    assertThat(table.meanOwn().auc()).isCloseTo(0.75, within(1e-12));
    assertThat(table.cameras())
        .containsExactly(
            new SourceTable.Camera("ffhq", "Fold 1", 2, 0),
            new SourceTable.Camera("lfw", "Fold 2", 2, 1));
    assertThat(table.hasSeveral()).isTrue();
  }

  @Test
  void withoutBothClassesThereAreNoRows() {
    SourcedPredictions.Accumulator all = new SourcedPredictions.Accumulator();
    all.add("All images", "fake", true, 0.5);
    assertThat(SourceTable.of(all.snapshot(), 0.5).generators()).isEmpty();
    assertThat(SourceTable.of(all.snapshot(), 0.5).hasSeveral()).isFalse();
  }

  @Test
  void theOperatingPointFindsTheMostWithinTheLimit() {
    Predictions.Accumulator some = new Predictions.Accumulator();
    for (double p : new double[] {0.1, 0.2, 0.3, 0.9}) {
      some.add(p, false);
    }
    for (double p : new double[] {0.25, 0.5, 0.6, 0.95}) {
      some.add(p, true);
    }
    Predictions predictions = some.snapshot();
    assertThat(OperatingPoint.at(0, predictions)).isEqualTo(new OperatingPoint(0, 0.925, 0, 0.25));
    assertThat(OperatingPoint.at(0.3, predictions))
        .isEqualTo(new OperatingPoint(0.3, 0.4, 0.25, 0.75));
    assertThat(OperatingPoint.at(1, predictions).recall()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> OperatingPoint.at(1.1, predictions));
  }

  /** Where the highest probability is a photograph's, nothing may be called fake. */
  @Test
  void whereNothingMayBeFakeNothingIs() {
    Predictions predictions =
        Predictions.of(new double[] {1, 1, 0.4}, new boolean[] {false, true, true});
    OperatingPoint point = OperatingPoint.at(0.5, predictions);
    assertThat(point).isEqualTo(new OperatingPoint(0.5, 1, 0, 0));
    assertThat(new Metrics(predictions, point.threshold()).matrix().falseFake()).isZero();
  }

  /** By counting, at every limit: no threshold does better. */
  @Test
  void noThresholdDoesBetter() {
    Random random = new Random(5);
    double[] p = random.doubles(200).map(v -> Math.round(v * 50) / 50.0).toArray();
    boolean[] fakes = new boolean[200];
    for (int i = 0; i < 200; i++) {
      fakes[i] = random.nextDouble() < p[i];
    }
    Predictions predictions = Predictions.of(p, fakes);
    for (double limit : new double[] {0, 0.01, 0.05, 0.2, 0.7, 1}) {
      double best = 0;
      for (int step = 0; step <= 50; step++) {
        ConfusionMatrix matrix = ConfusionMatrix.of(predictions, step / 50.0);
        if (matrix.falseFake() <= limit * predictions.realCount()) {
          best = Math.max(best, matrix.fakeScores().recall());
        }
      }
      OperatingPoint point = OperatingPoint.at(limit, predictions);
      ConfusionMatrix there = ConfusionMatrix.of(predictions, point.threshold());
      assertThat(there.fakeScores().recall()).isGreaterThanOrEqualTo(best);
      assertThat(there.falseFake()).isLessThanOrEqualTo((int) (limit * predictions.realCount()));
    }
  }
}
