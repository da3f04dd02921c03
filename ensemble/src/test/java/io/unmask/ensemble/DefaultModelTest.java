package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.DetectorInfo;
import io.unmask.Faces;
import io.unmask.Label;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model that is bundled, on the backend that most will use. */
class DefaultModelTest {

  private static final Path DATA = Path.of("..", "examples", "data");

  @Test
  void theDefaultAnswers() {
    try (Detector detector = Detector.open()) {
      DetectorInfo info = detector.info();
      assertThat(info.model()).isEqualTo("default");
      assertThat(info.input().height()).isEqualTo(256);
      assertThat(info.views().faces()).isTrue();
      assertThat(info.faceFinder()).isPresent();
      assertThat(info.uncertainty().band()).isPresent();
      assertThat(info.expectation().scope()).isPresent();
      assertThat(info.views().images()).isEqualTo(3);
      assertThat(info.members())
          .containsExactly(
              "inception_taps.keras:whole",
              "inception_taps.keras:face",
              "inception_taps.keras:middle");
      assertThat(info.fusion()).isEqualTo("mean-logit");
      for (String photo : new String[] {"portrait.jpg", "astronaut.jpg"}) {
        Classification result = detector.classify(DATA.resolve(photo));
        assertThat(result.label()).as(photo).isIn(Label.REAL, Label.UNCERTAIN);
        assertThat(result.faces()).as(photo).hasSize(1);
        assertThat(result.members()).as(photo).hasSameSizeAs(info.members());
        assertThat(result.warnings()).as(photo).isEmpty();
      }
    }
  }

  /** Its calibration was made for one class, and would turn round the verdicts of the other. */
  @Test
  void anotherFakeClassThanThatOfTheCalibrationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().fakeClass(0).open())
        .withMessageContaining("calibration")
        .withMessageContaining("turned round");
  }

  /** Rates hold for the way of deciding that they were measured with. */
  @Test
  void withOtherSettingsItsRatesAreNotStated() {
    assertThat(scope(Detector.builder().threads(1))).doesNotContain("do not hold");
    assertThat(scope(Detector.builder().faces(Faces.WHOLE)))
        .endsWith(
            "do not hold here, as other settings than its own are used: the whole image, not faces");
    assertThat(scope(Detector.builder().threshold(0.5).mirrored(true)))
        .endsWith("are used: mirrored images, the threshold");
    assertThat(scope(Detector.builder().noBand())).endsWith("are used: what is left uncertain");
    try (Detector detector = Detector.builder().fusion("median").open()) {
      assertThat(detector.info().expectation().scope()).isEmpty();
    }
  }

  private static String scope(DetectorBuilder builder) {
    try (Detector detector = builder.open()) {
      return detector.info().expectation().scope().orElseThrow();
    }
  }

  @Test
  void whatHasNoFaceGetsNoVerdict() {
    BufferedImage noise = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int i = 0; i < 400 * 300; i++) {
      noise.setRGB(i % 400, i / 400, random.nextInt(1 << 24));
    }
    try (Detector detector = Detector.open()) {
      Classification result = detector.classify(noise);
      assertThat(result.label()).isEqualTo(Label.NO_FACE);
      assertThat(result.isJudged()).isFalse();
    }
  }
}
