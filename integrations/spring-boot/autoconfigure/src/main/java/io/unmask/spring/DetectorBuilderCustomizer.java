package io.unmask.spring;

import io.unmask.DetectorBuilder;

/**
 * Customizes the detector before it is opened. Beans of this type are called in their order, after
 * the properties {@code unmask.*} are set.
 */
@FunctionalInterface
public interface DetectorBuilderCustomizer {

  /** Makes settings that the properties do not make. To make a setting twice is an error. */
  void customize(DetectorBuilder builder);
}
