package io.unmask.keras.layers;

import java.util.List;

/** An operand whose layer is in the network. */
sealed interface Resolved {

  /** What the node of the given index puts out. */
  record Node(int index) implements Resolved {}

  /** Numbers, one or one for each element of the last axis, as in {@code Operand.Constant}. */
  record Constant(List<Double> values, int rank) implements Resolved {}
}
