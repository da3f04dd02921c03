package io.unmask.model;

/**
 * How a byte becomes a number: {@code v / divisor + offset}.
 *
 * @param divisor finite and not 0
 * @param offset finite
 */
record Scaling(float divisor, float offset) {

  /** The reference's convention: values in [0, 1]. */
  static final Scaling UNIT_RANGE = new Scaling(255f, 0f);
}
