package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.BackendException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Model;
import io.unmask.spi.Precision;
import io.unmask.spi.ProgramOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {

  /** One that computes in bf16 too. */
  private static FakeBackend reducing() {
    return new FakeBackend(pixels -> new float[][] {{0.5f}}) {
      @Override
      public Precision precision(Precision asked) {
        return asked == Precision.F32 ? asked : Precision.BF16;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    ", F32, F32",
    ", AUTO, BF16",
    "F32, AUTO, F32",
    "BF16, F32, BF16",
    "AUTO, F32, BF16",
  })
  void theUserDecidesAndElseTheModel(Precision asked, Precision ofModel, Precision expected) {
    FakeBackend backend = reducing();
    try (Detector detector = open(backend, asked, ofModel)) {
      assertThat(backend.compiled).extracting(ProgramOptions::precision).containsExactly(expected);
      assertThat(detector.info().toString()).contains(", " + expected + ")");
      assertThat(detector.info().program().precision()).isEqualTo(expected);
    }
  }

  @Test
  void aBackendThatKnowsNothingOfItComputesInSinglePrecisionUnlessThatIsNotWhatWasAsked() {
    FakeBackend backend = FakeBackend.putsOut(0.5f);
    try (Detector detector = open(backend, Precision.AUTO, Precision.F32)) {
      assertThat(detector.info().program().precision()).isEqualTo(Precision.F32);
    }
    assertThatThrownBy(() -> open(backend, Precision.BF16, Precision.F32))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith("backend 'fake' cannot compute in bf16 here; ask for")
        .hasMessageEndingWith("see docs/errors.md#precision");
    assertThatThrownBy(() -> open(backend, Precision.INT8, Precision.F32))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith("backend 'fake' cannot compute in int8 here; backend cpu can")
        .hasMessageEndingWith("see docs/errors.md#precision");
    assertThat(backend.compiled).hasSize(1);
  }

  @Test
  void int8NeedsRangesWhichTheBackendIsGiven() {
    ActivationRanges ranges =
        ActivationRanges.of(Map.of("conv", new ActivationRanges.Range(-1, 1)));
    FakeBackend backend =
        new FakeBackend(pixels -> new float[][] {{0.5f}}) {
          @Override
          public Precision precision(Precision asked) {
            return asked;
          }
        };
    DetectorBuilder builder = Detector.builder().precision(Precision.INT8);
    DetectorOpener opening = new DetectorOpener(builder.settings());
    assertThatThrownBy(() -> opening.open(backend, new JavaPreprocessor(), model(Precision.F32)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("unmask quantize --model MODEL --data DIR")
        .hasMessageEndingWith("see docs/errors.md#precision");
    assertThat(backend.compiled).isEmpty();
    Model measured = builder(Precision.F32).ranges(ranges).build();
    try (Detector detector = opening.open(backend, new JavaPreprocessor(), measured)) {
      assertThat(detector.info().program().precision()).isEqualTo(Precision.INT8);
      assertThat(backend.compiled).extracting(ProgramOptions::ranges).containsExactly(ranges);
    }
  }

  private static Detector open(FakeBackend backend, Precision asked, Precision ofModel) {
    DetectorBuilder builder = Detector.builder();
    Optional.ofNullable(asked).ifPresent(builder::precision);
    return new DetectorOpener(builder.settings())
        .open(backend, new JavaPreprocessor(), model(ofModel));
  }

  private static Model model(Precision precision) {
    return builder(precision).build();
  }

  private static Model.Builder builder(Precision precision) {
    Model tiny = TestModels.model(1, 0.5);
    return Model.builder(tiny.name(), tiny.network(), tiny.input(), tiny.members())
        .precision(precision);
  }
}
