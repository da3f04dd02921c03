package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class InputFormatTest {

  @Test
  void theReferencesConventionIsRgbFromZeroToOne() {
    InputFormat format = InputFormat.unitRange(224, 200);
    assertThat(format.size()).isEqualTo(224 * 200 * 3);
    assertThat(format).isEqualTo(new InputFormat(224, 200, 255f, 0f, InputFormat.ChannelOrder.RGB));
  }

  @Test
  void refusesSizesAndScalingsThatMakeNoImage() {
    assertThatIllegalArgumentException().isThrownBy(() -> InputFormat.unitRange(0, 224));
    assertThatIllegalArgumentException().isThrownBy(() -> InputFormat.unitRange(100_000, 100_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputFormat(1, 1, 0f, 0f, InputFormat.ChannelOrder.RGB));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputFormat(1, 1, 1f, Float.NaN, InputFormat.ChannelOrder.RGB));
  }
}
