package io.unmask.keras;

/** An operand whose layer is in the network. */
sealed interface Resolved {

  /** What the node of the given index puts out. */
  record Node(int index) implements Resolved {}

  /** A number. */
  record Constant(double value) implements Resolved {}
}
