package io.unmask.keras;

/** What a layer is called with. */
sealed interface Operand {

  /**
   * The output of a layer.
   *
   * @param layer the layer's name
   * @param call which use of the layer, from 0
   * @param output which of its outputs, from 0
   * @param oldNotation whether it was written as Keras 2 does
   */
  record Tensor(String layer, int call, int output, boolean oldNotation) implements Operand {}

  /** A number. */
  record Constant(double value) implements Operand {}
}
