package io.unmask.keras.config;

import java.util.List;

/** What a layer is called with. */
public sealed interface Operand {

  /**
   * The output of a layer.
   *
   * @param layer the layer's name
   * @param call which use of the layer, from 0
   * @param output which of its outputs, from 0
   * @param oldNotation whether it was written as Keras 2 does
   */
  record Tensor(String layer, int call, int output, boolean oldNotation) implements Operand {}

  /**
   * Numbers that the file holds.
   *
   * @param values one, or one for each element of the last axis
   * @param rank how many axes they have, all but the last of extent 1; 0 for a plain number
   */
  record Constant(List<Double> values, int rank) implements Operand {}
}
