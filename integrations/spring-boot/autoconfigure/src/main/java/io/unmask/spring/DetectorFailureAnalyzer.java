package io.unmask.spring;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says in a few lines, in place of a trace, why an application does not start for want of its
 * detector.
 */
final class DetectorFailureAnalyzer implements FailureAnalyzer {

  /** The bean that {@link UnmaskAutoConfiguration} makes. */
  static final String BEAN = "unmaskDetector";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    return causes(failure)
        .filter(
            cause -> cause instanceof BeanCreationException bean && BEAN.equals(bean.getBeanName()))
        .findFirst()
        .flatMap(DetectorFailureAnalyzer::reason)
        .map(
            reason ->
                new FailureAnalysis(
                    "The detector could not be opened: " + reason.getMessage(),
                    "Change the properties unmask.* or the DetectorBuilderCustomizer beans of the"
                        + " application, or define a Detector bean of its own. With"
                        + " unmask.enabled=false it starts without one.",
                    failure))
        .orElse(null);
  }

  /** What made the bean fail, below Spring's own exceptions. */
  private static Optional<Throwable> reason(Throwable bean) {
    return causes(bean)
        .filter(cause -> !cause.getClass().getName().startsWith("org.springframework."))
        .findFirst();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
