package io.unmask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.error.ImageException;
import io.unmask.testkit.GoldenModels;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ObservedDetectorTest {

  private static final BufferedImage IMAGE = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);

  private final TestObservationRegistry registry = TestObservationRegistry.create();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(UnmaskAutoConfiguration.class))
          .withBean(TestObservationRegistry.class, () -> registry)
          .withPropertyValues("unmask.models=" + GoldenModels.file("sequential_cnn.keras"));

  @Test
  void aCallIsObservedWithLabelOutcomeAndBackend() {
    runner.run(
        context -> {
          Classification result = context.getBean(Detector.class).classify(IMAGE);
          TestObservationRegistryAssert.assertThat(registry)
              .hasSingleObservationThat()
              .hasNameEqualTo("unmask.classify")
              .hasContextualNameEqualTo("classify photo")
              .hasLowCardinalityKeyValue("label", result.label().name())
              .hasLowCardinalityKeyValue("outcome", "ok")
              .hasLowCardinalityKeyValue("backend", "cpu")
              .hasBeenStarted()
              .hasBeenStopped();
        });
  }

  @Test
  void explainingIsObservedToo() {
    runner.run(
        context -> {
          context.getBean(Detector.class).explain(IMAGE);
          TestObservationRegistryAssert.assertThat(registry)
              .hasObservationWithNameEqualTo("unmask.explain");
        });
  }

  @Test
  void aHealthCheckDoesNotCountAsAPhoto() {
    runner.run(
        context -> {
          assertThat(DetectorProbe.ask(context.getBean(Detector.class)))
              .containsEntry("backend", "cpu");
          TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
        });
  }

  @Test
  void whatIsNoPhotoIsAnOutcome() {
    runner.run(
        context -> {
          Detector detector = context.getBean(Detector.class);
          assertThatExceptionOfType(ImageException.class)
              .isThrownBy(() -> detector.classify(new byte[] {1, 2, 3}));
          TestObservationRegistryAssert.assertThat(registry)
              .hasSingleObservationThat()
              .hasLowCardinalityKeyValue("label", "none")
              .hasLowCardinalityKeyValue("outcome", "image")
              .hasError()
              .hasBeenStopped();
        });
  }

  @Test
  void aFailureIsAnOutcome() {
    runner.run(
        context -> {
          Detector detector = context.getBean(Detector.class);
          detector.close();
          assertThatIllegalStateException().isThrownBy(() -> detector.classify(IMAGE));
          TestObservationRegistryAssert.assertThat(registry)
              .hasSingleObservationThat()
              .hasLowCardinalityKeyValue("outcome", "failed")
              .hasBeenStopped();
        });
  }
}
