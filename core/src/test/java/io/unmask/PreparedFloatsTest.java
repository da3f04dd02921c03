package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.Classification.Warning;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparedFloatsTest {

  private static final InputFormat UNIT = InputFormat.unitRange(1, 1);

  /** The numbers are divisor and offset of the model, and what the program gives. */
  @ParameterizedTest
  @CsvSource({
    "255, 0, 0, 255",
    "255, 0, -1, 1",
    "255, 0, -2.1, 2.6",
    "1, 0, 0, 1",
    "1, 0, -1, 1",
    "1, 0, -128, 127",
    "127.5, -1, 0, 255",
    "127.5, -1, 0.1, 1",
    "-127.5, 1, 0.1, 1",
  })
  void anotherRangeIsWarnedOf(float divisor, float offset, float least, float greatest) {
    InputFormat input = new InputFormat(1, 1, divisor, offset, ChannelOrder.RGB);
    assertThat(PreparedFloats.otherRange(new float[] {least, greatest, greatest}, input))
        .map(Warning::kind)
        .contains(Warning.Kind.OTHER_RANGE);
  }

  @ParameterizedTest
  @CsvSource({
    "255, 0, 0, 1",
    "255, 0, 0.3, 0.4",
    "255, 0, 0, 0",
    "255, 0, -0.15, 1.15",
    "1, 0, 0, 255",
    "1, 0, 0, 30",
    "1, 0, -40, 290",
    "127.5, -1, -1, 1",
    "127.5, -1, -0.9, -0.2",
    "-127.5, 1, -1, 1",
  })
  void theModelsOwnRangeIsNot(float divisor, float offset, float least, float greatest) {
    InputFormat input = new InputFormat(1, 1, divisor, offset, ChannelOrder.RGB);
    assertThat(PreparedFloats.otherRange(new float[] {least, greatest, greatest}, input)).isEmpty();
  }

  @Test
  void theWarningSaysWhatIsAndWhatShouldBe() {
    assertThat(PreparedFloats.otherRange(new float[] {3, 250, 17}, UNIT).orElseThrow().text())
        .isEqualTo(
            "the floats lie from 3.0 to 250.0, but the network reads pixels from 0.0 to 1.0, so that"
                + " the probability may mean little; scale them as DetectorInfo.input says");
  }

  @Test
  void aDetectorHandsTheWarningOut() {
    FakeBackend backend = new FakeBackend(pixels -> new float[][] {{0.25f}});
    try (Detector detector =
        new DetectorOpener(Detector.builder().settings())
            .open(backend, new io.unmask.image.JavaPreprocessor(), TestModels.model(1, 0.5))) {
      float[] image = new float[detector.info().input().size()];
      assertThat(detector.classify(image).warnings()).isEmpty();
      image[5] = 200;
      Classification result = detector.classify(image);
      assertThat(result.warnings())
          .extracting(Warning::kind)
          .containsExactly(Warning.Kind.OTHER_RANGE);
      assertThat(result.probability()).isEqualTo(0.25);
    }
  }
}
