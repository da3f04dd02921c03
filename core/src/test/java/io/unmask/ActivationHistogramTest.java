package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.unmask.spi.ActivationRanges.Range;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActivationHistogramTest {

  @Test
  void outliersAreLeftOutAsFarAsTheShareGoes() {
    float[] values = new float[10_000];
    Arrays.fill(values, 1);
    values[17] = -3;
    values[4711] = 100;
    ActivationHistogram histogram = new ActivationHistogram();
    histogram.add(values);
    assertThat(histogram.allBut(0)).isEqualTo(new Range(-3, 100));
    assertThat(histogram.allBut(1e-4).high()).isCloseTo(3, offset(0.1f));
    assertThat(histogram.allBut(1e-4).low()).isEqualTo(-3);
    assertThat(histogram.allBut(2e-4))
        .satisfies(range -> assertThat(range.low()).isGreaterThan(-1.1f));
    assertThat(histogram.allBut(2e-4).high()).isEqualTo(1, offset(0.06f));
  }

  @Test
  void largerNumbersMayComeLater() {
    ActivationHistogram histogram = new ActivationHistogram();
    float[] small = new float[1000];
    Arrays.fill(small, 0.01f);
    histogram.add(small);
    histogram.add(new float[] {8, 8, 8});
    assertThat(histogram.allBut(0)).isEqualTo(new Range(0.01f, 8));
    assertThat(histogram.allBut(0.01).high()).isLessThan(0.05f);
  }

  @Test
  void aMapThatIsZeroEverywhereHasARangeToo() {
    ActivationHistogram histogram = new ActivationHistogram();
    histogram.add(new float[5]);
    assertThat(histogram.allBut(1e-5)).isEqualTo(new Range(0, 0));
  }
}
