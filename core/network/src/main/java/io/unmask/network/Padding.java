package io.unmask.network;

/** How a sliding window treats the edge of a feature map, with Keras's meanings. */
public enum Padding {
  /** No padding: the window stays inside. */
  VALID,
  /**
   * As much padding as makes the output {@code ceil(input / stride)}; the odd row or column goes
   * below or to the right.
   */
  SAME
}
