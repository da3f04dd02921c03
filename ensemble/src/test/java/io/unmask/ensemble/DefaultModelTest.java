package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.Label;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The models that are bundled, on the backend that most will use. */
class DefaultModelTest {

  private static final Path DATA = Path.of("..", "examples", "data");

  @Test
  void theDefaultAnswers() {
    try (Detector detector = Detector.open()) {
      assertThat(detector.info().members()).hasSize(5).doesNotHaveDuplicates();
      assertThat(detector.info().input().height()).isEqualTo(256);
      assertThat(detector.info().parameters()).isLessThan(250_000);
      assertThat(detector.info().uncertainty().band()).isPresent();
      Classification portrait = detector.classify(DATA.resolve("portrait.jpg"));
      assertThat(portrait.label()).isNotEqualTo(Label.FAKE);
      assertThat(portrait.members()).hasSize(5);
      assertThat(portrait.warnings()).isEmpty();
    }
  }

  @Test
  void anImageThatItIsNotForGetsAWarning() {
    try (Detector detector = Detector.open()) {
      assertThat(detector.classify(DATA.resolve("astronaut.jpg")).warnings())
          .singleElement()
          .satisfies(
              warning -> {
                assertThat(warning.kind()).isEqualTo(Classification.Warning.Kind.TOO_LARGE);
                assertThat(warning.text()).contains("512 x 512", "crop it to the face");
              });
    }
  }
}
