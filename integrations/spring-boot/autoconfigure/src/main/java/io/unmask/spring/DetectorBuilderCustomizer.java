package io.unmask.spring;

import io.unmask.DetectorBuilder;

/**
 * Changes how the detector is opened. Beans of this type are called in their order, after the
 * properties {@code unmask.*} were set.
 */
@FunctionalInterface
public interface DetectorBuilderCustomizer {

  /** Sets what the properties do not set; to set a thing twice is an error. */
  void customize(DetectorBuilder builder);
}
