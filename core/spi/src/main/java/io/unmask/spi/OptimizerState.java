package io.unmask.spi;

import io.unmask.network.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of an optimizer between two steps.
 *
 * @param steps the number of steps taken, which also numbers the dropout masks
 * @param slots the arrays that the optimizer keeps, by name, such as {@code dense_1/0/momentum} and
 *     {@code dense_1/0/velocity} for the first weights of layer {@code dense_1}, in the network's
 *     order
 */
public record OptimizerState(long steps, Map<String, Weights> slots) {
  /** Copies the map, keeping its order. */
  public OptimizerState {
    if (steps < 0) {
      throw new IllegalArgumentException("steps cannot be negative, but are " + steps);
    }
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }
}
