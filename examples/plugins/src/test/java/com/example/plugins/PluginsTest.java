package com.example.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.Label;
import io.unmask.spi.InputFormat;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Each plug-in is found by its name, and does what it says. */
class PluginsTest {

  private static final Path PORTRAIT = Path.of("../data/portrait.jpg");
  private static final Path MODEL = Path.of("../data/untrained.keras");

  @Test
  void theBackendIsUsedAndAnswersAsTheOneItTimes() {
    long before = TimedBackend.images();
    try (Detector timed = Detector.builder().backend("timed").model(MODEL).open();
        Detector cpu = Detector.builder().backend("cpu").model(MODEL).open()) {
      assertThat(timed.classify(PORTRAIT).probability())
          .isEqualTo(cpu.classify(PORTRAIT).probability());
      assertThat(timed.info().program().backend()).isEqualTo("timed");
    }
    assertThat(TimedBackend.images()).isEqualTo(before + 1);
    assertThat(TimedBackend.seconds()).isPositive();
  }

  @Test
  void nothingChangesForWhoDoesNotAskForThem() {
    try (Detector detector = Detector.builder().model(MODEL).open()) {
      assertThat(detector.info().program().backend()).isEqualTo("cpu");
      assertThat(detector.info().preprocessor()).isEqualTo("java");
      assertThat(detector).isNotInstanceOf(CachedDetector.class);
    }
  }

  @Test
  void thePreprocessorAverages() {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(3, 1, 0x0000FF);
    FloatBuffer pixels = FloatBuffer.allocate(6);
    new BoxPreprocessor().process(image, InputFormat.unitRange(1, 2), pixels);
    assertThat(pixels.array()).containsExactly(0.25f, 0, 0, 0, 0, 0.25f);
    try (Detector detector = Detector.builder().preprocessor("box").model(MODEL).open()) {
      assertThat(detector.classify(PORTRAIT).label()).isIn(Label.REAL, Label.FAKE);
      assertThat(detector.info().preprocessor()).isEqualTo("box");
    }
  }

  @Test
  void theRuleLeavesOutTheExtremes() {
    TrimmedMean rule = new TrimmedMean();
    assertThat(rule.fuse(new double[] {0.9, 0.1, 0.4, 0.6})).isEqualTo(0.5, within(1e-12));
    assertThat(rule.fuse(new double[] {0.2, 0.4})).isEqualTo(0.3, within(1e-12));
    try (Detector detector = Detector.builder().fusion(rule).open()) {
      assertThat(detector.info().fusion()).isEqualTo("trimmed-mean");
    }
  }

  @Test
  void theProviderRemembers() {
    try (Detector detector = Detector.builder().provider("cached").model(MODEL).open()) {
      assertThat(detector).isInstanceOf(CachedDetector.class);
      Classification first = detector.classify(PORTRAIT);
      assertThat(detector.classify(PORTRAIT)).isSameAs(first);
      assertThat(first.label()).isNotEqualTo(Label.NO_FACE);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().provider("cached").provider("network"))
        .withMessageStartingWith("provider is already set to cached");
  }
}
