package io.unmask.network.architecture;

import io.unmask.network.Shape;
import io.unmask.network.Weights;

/** Gives the variables of a new network their first values. */
@FunctionalInterface
public interface WeightInitializer {

  /**
   * The values of a variable.
   *
   * @param layer the layer's name in the network, such as {@code xception/block1_conv1}
   * @param variable Keras's name for the variable: {@code kernel}, {@code depthwise_kernel}, {@code
   *     pointwise_kernel}, {@code bias}, {@code gamma}, {@code beta}, {@code moving_mean} or {@code
   *     moving_variance}
   * @param shape the shape that the values must have
   */
  Weights create(String layer, String variable, Shape shape);
}
