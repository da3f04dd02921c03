package io.unmask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.observation.ObservationRegistry;
import io.unmask.Detector;
import io.unmask.testkit.GoldenModels;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

class UnmaskAutoConfigurationTest {

  private static final BufferedImage IMAGE = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(UnmaskAutoConfiguration.class));

  private final ApplicationContextRunner runner =
      bare.withPropertyValues("unmask.models=" + GoldenModels.file("sequential_cnn.keras"));

  @Test
  void thereIsOneDetectorAndTheContextClosesIt() {
    Detector[] kept = new Detector[1];
    runner.run(
        context -> {
          assertThat(context).hasSingleBean(Detector.class);
          Detector detector = context.getBean(Detector.class);
          kept[0] = detector;
          assertThat(detector.info().members()).containsExactly("sequential_cnn.keras");
          assertThat(detector.info().program().threads()).isEqualTo(1);
          assertThat(detector.classify(IMAGE).probability()).isBetween(0.0, 1.0);
        });
    assertThatIllegalStateException()
        .isThrownBy(() -> kept[0].classify(IMAGE))
        .withMessage("the detector is closed");
  }

  @Test
  void propertiesAreHeeded() {
    runner
        .withPropertyValues(
            "unmask.backend=cpu",
            "unmask.device=cpu",
            "unmask.max-pixels=1000",
            "unmask.threshold=0.25",
            "unmask.band.low=0.2",
            "unmask.band.high=0.3",
            "unmask.mirrored=true",
            "unmask.upright=true",
            "unmask.faces=whole",
            "unmask.threads=2")
        .run(
            context -> {
              Detector detector = context.getBean(Detector.class);
              assertThat(detector.info().threshold()).isEqualTo(0.25);
              assertThat(detector.info().uncertainty().band().orElseThrow().high()).isEqualTo(0.3);
              assertThat(detector.info().mirrored()).isTrue();
              assertThat(detector.info().upright()).isTrue();
              assertThat(detector.info().views().faces()).isFalse();
              assertThat(detector.info().program().device()).isEqualTo("cpu");
            });
  }

  @Test
  void theArchitectureIsHeeded() {
    runner
        .withPropertyValues("unmask.architecture=abacus")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("there is no architecture 'abacus'"));
  }

  @Test
  void whatContradictsItselfEndsTheStartWithTheReason() {
    runner
        .withPropertyValues("unmask.band.low=0.2")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("unmask.band needs both"));
    runner
        .withPropertyValues("unmask.preprocessor=tensorflow", "unmask.max-pixels=7")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("unmask.max-pixels is for the preprocessor java"));
    runner
        .withPropertyValues("unmask.backend=cuda")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("there is no backend 'cuda'"));
  }

  @Test
  void whyThereIsNoDetectorIsSaidInAFewLines() {
    runner
        .withPropertyValues("unmask.backend=cuda")
        .run(
            context -> {
              FailureAnalysis analysis =
                  new DetectorFailureAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .startsWith("The detector could not be opened: there is no backend 'cuda'");
              assertThat(analysis.getAction()).contains("unmask.*");
            });
    assertThat(new DetectorFailureAnalyzer().analyze(new IllegalStateException("other"))).isNull();
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                // Spring's own need a context.
                .load(FailureAnalyzer.class, (type, name, problem) -> {})
                .stream()
                .map(Object::getClass)
                .toList()
                .toString())
        .contains("DetectorFailureAnalyzer");
  }

  @Test
  void anApplicationsOwnDetectorIsLeftAlone() {
    runner
        .withUserConfiguration(OwnDetector.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(Detector.class).hasBean("mine");
              assertThat(context.getBean(Detector.class)).isSameAs(OwnDetector.MINE);
            });
  }

  @Test
  void itCanBeSwitchedOff() {
    bare.withPropertyValues("unmask.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Detector.class));
  }

  @Test
  void customizersComeAfterTheProperties() {
    runner
        .withBean(DetectorBuilderCustomizer.class, () -> builder -> builder.threshold(0.125))
        .run(
            context ->
                assertThat(context.getBean(Detector.class).info().threshold()).isEqualTo(0.125));
  }

  @Test
  void withoutMicrometerNothingIsObserved() {
    runner
        .withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
        .run(
            context ->
                assertThat(context.getBean(Detector.class))
                    .isNotInstanceOf(ObservedDetector.class));
  }

  /** An application that opens a detector itself. */
  @Configuration(proxyBeanMethods = false)
  static class OwnDetector {

    static final Detector MINE = new StubDetector();

    @Bean
    Detector mine() {
      return MINE;
    }
  }
}
