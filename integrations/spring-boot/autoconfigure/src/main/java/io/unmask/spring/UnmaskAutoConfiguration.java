package io.unmask.spring;

import io.micrometer.observation.ObservationRegistry;
import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import java.util.function.UnaryOperator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens one {@link Detector} for the application and closes it with the context, unless the
 * application has a detector of its own.
 */
@AutoConfiguration
@ConditionalOnClass(Detector.class)
@ConditionalOnProperty(name = "unmask.enabled", matchIfMissing = true)
@EnableConfigurationProperties(UnmaskProperties.class)
public class UnmaskAutoConfiguration {

  private static final Log LOG = LogFactory.getLog(UnmaskAutoConfiguration.class);

  /** Wraps a detector in another one, which closes it. */
  interface Decorator extends UnaryOperator<Detector> {}

  @Bean(name = DetectorFailureAnalyzer.BEAN, destroyMethod = "close")
  @ConditionalOnMissingBean
  Detector unmaskDetector(
      UnmaskProperties properties,
      ObjectProvider<DetectorBuilderCustomizer> customizers,
      ObjectProvider<Decorator> decorators) {
    DetectorBuilder builder = ConfiguredBuilder.of(properties);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    Detector detector = builder.open();
    LOG.info("Unmask: " + detector.info());
    for (Decorator decorator : decorators.orderedStream().toList()) {
      detector = decorator.apply(detector);
    }
    return detector;
  }

  /** Observes the detector, if Micrometer is on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  static class Observing {

    @Bean
    Decorator unmaskObserver(ObjectProvider<ObservationRegistry> registry) {
      return detector ->
          new ObservedDetector(detector, registry.getIfAvailable(() -> ObservationRegistry.NOOP));
    }
  }
}
