package io.unmask.spring;

import io.unmask.Detector;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The detector's health in Spring Boot 3: whether it answers, and what it consists of. */
@AutoConfiguration(after = UnmaskAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Detector.class)
@ConditionalOnEnabledHealthIndicator("unmask")
public class UnmaskHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "unmaskHealthIndicator")
  HealthIndicator unmaskHealthIndicator(Detector detector) {
    return new AbstractHealthIndicator("The detector does not answer") {
      @Override
      protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetails(DetectorProbe.ask(detector));
      }
    };
  }
}
