package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.spi.ActivationRanges.Range;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationRangesTest {

  @Test
  void thoseOfSeveralNetworksAreToldApartByTheirPrefixes() {
    ActivationRanges first = ActivationRanges.of(Map.of("conv", new Range(-1, 2)));
    ActivationRanges second = ActivationRanges.of(Map.of("conv", new Range(0, 3)));
    ActivationRanges both =
        second.prefixedAnd("2/", first.prefixedAnd("1/", ActivationRanges.NONE));
    assertThat(both.of("1/conv")).contains(new Range(-1, 2));
    assertThat(both.of("2/conv")).contains(new Range(0, 3));
    assertThat(both.of("conv")).isEmpty();
  }

  @Test
  void aRangeIsTwoFiniteNumbersTheLowerFirst() {
    assertThat(new Range(0, 0).with(new Range(-1, 4))).isEqualTo(new Range(-1, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(0, Float.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(Float.NEGATIVE_INFINITY, 0));
  }
}
