package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  /** By SciPy 1.17: {@code expit(scale * logit(p) + offset)}. */
  @ParameterizedTest
  @CsvSource({
    "2, 0, 0.8, 0.9411764705882353",
    "0.5, 0, 0.8, 0.6666666666666666",
    "0.75, -0.5, 0.3, 0.24315242017400537",
    "1, 1.5, 1e-9, 4.48168905473422e-09",
    "0.25, 3, 0.999999, 0.9984280691227244"
  })
  void isPlattsFormula(double scale, double offset, double p, double expected) {
    assertThat(new Calibration(scale, offset).apply(p)).isEqualTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.MIN_VALUE, 0.1, 0.5, 0.9999999999999999, 1})
  void noneChangesNoBit(double p) {
    assertThat(Calibration.NONE.apply(p)).isEqualTo(p);
  }

  @Test
  void certaintyStaysCertaintyAndOrderStaysOrder() {
    Calibration calibration = new Calibration(0.3, -2);
    assertThat(calibration.apply(0)).isZero();
    assertThat(calibration.apply(1)).isEqualTo(1);
    double before = 0;
    for (int i = 1; i <= 1000; i++) {
      double now = calibration.apply(i / 1000.0);
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }

  @Test
  void whatWouldTurnVerdictsRoundIsRefused() {
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Calibration(scale, 0));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Calibration(1, Double.NaN));
  }

  @Test
  void saysItsFormula() {
    assertThat(new Calibration(0.5, 0)).hasToString("sigmoid(0.5 logit p)");
    assertThat(new Calibration(2, -0.25)).hasToString("sigmoid(2.0 logit p - 0.25)");
    assertThat(new Calibration(1, 3)).hasToString("sigmoid(logit p + 3.0)");
  }
}
