package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As the probability rises an image is real, then undecided, then fake. */
class VerdictOrderTest {

  private static final Uncertainty MODEL =
      new Uncertainty(Optional.of(new Uncertainty.Band(0.34, 0.66)), OptionalDouble.empty());

  /** The labels in the order of the probability, with the first probability of each. */
  private static String labels(double threshold, Uncertainty uncertainty) {
    Verdicts verdicts =
        new Verdicts(
            "model",
            List.of(),
            FusionRule.SINGLE,
            Calibration.NONE,
            threshold,
            uncertainty,
            Views.WHOLE_IMAGE,
            new Warnings(Expectation.NONE));
    List<String> labels = new ArrayList<>();
    Label before = null;
    for (int percent = 0; percent <= 100; percent++) {
      Label label = verdicts.label(percent / 100.0, 0);
      if (label != before) {
        labels.add(label + " " + percent);
        before = label;
      }
    }
    return String.join(", ", labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | REAL 0, UNCERTAIN 34, FAKE 67",
        "0.9 | REAL 0, UNCERTAIN 34, FAKE 91",
        "0.1 | REAL 0, UNCERTAIN 11, FAKE 67",
        "0.34 | REAL 0, UNCERTAIN 34, FAKE 67",
        "0.66 | REAL 0, UNCERTAIN 34, FAKE 67",
        "1 | REAL 0, UNCERTAIN 34",
      })
  void aBandThatWasChosenKeepsTheOrderWithEveryThreshold(double threshold, String labels) {
    assertThat(labels(threshold, MODEL)).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | REAL 0, UNCERTAIN 34, FAKE 51",
        "0.9 | REAL 0, UNCERTAIN 34, FAKE 91",
        "0.1 | REAL 0, FAKE 11",
        "0.34 | REAL 0, UNCERTAIN 34, FAKE 35",
        "0.3 | REAL 0, FAKE 31",
        "1 | REAL 0, UNCERTAIN 34",
        "0 | REAL 0, FAKE 1",
      })
  void aThresholdTakesThePlaceOfTheUpperEndOfTheModelsBand(double threshold, String labels) {
    Uncertainty uncertainty = Detector.builder().threshold(threshold).settings().uncertainty(MODEL);
    assertThat(labels(threshold, uncertainty)).isEqualTo(labels);
  }

  @Test
  void aBandOfTheCallersIsTakenAsItIsAndNoneIsNone() {
    Uncertainty own =
        Detector.builder().threshold(0.9).band(0.2, 0.4).settings().uncertainty(MODEL);
    assertThat(labels(0.9, own)).isEqualTo("REAL 0, UNCERTAIN 20, FAKE 91");
    assertThat(labels(0.5, Detector.builder().noBand().settings().uncertainty(MODEL)))
        .isEqualTo("REAL 0, FAKE 51");
    assertThat(Detector.builder().settings().uncertainty(MODEL)).isEqualTo(MODEL);
  }

  @Test
  void everyThresholdWithEveryBandKeepsTheOrder() {
    int[] grid = IntStream.rangeClosed(0, 10).toArray();
    for (int threshold : grid) {
      for (int low : grid) {
        for (int high = low; high <= 10; high++) {
          Uncertainty uncertainty =
              new Uncertainty(
                  Optional.of(new Uncertainty.Band(low / 10.0, high / 10.0)),
                  OptionalDouble.empty());
          assertThat(labels(threshold / 10.0, uncertainty))
              .matches("(REAL \\d+)?(, )?(UNCERTAIN \\d+)?(, )?(FAKE \\d+)?");
        }
      }
    }
  }
}
