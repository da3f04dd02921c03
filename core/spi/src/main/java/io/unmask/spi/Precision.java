package io.unmask.spi;

import java.util.Locale;

/** The precision of the numbers that a network is computed with. */
public enum Precision {
  /** The precision that the backend is fastest in on this machine. */
  AUTO,
  /** Single precision, as Keras computes: 24 significant bits. */
  F32,
  /**
   * Convolutions and dense layers multiply bfloat16 numbers, with 8 significant bits, and add up in
   * single precision. Probabilities change a little. If the processor cannot do this, that is an
   * error.
   */
  BF16,
  /**
   * Convolutions multiply 8-bit integers and add up in 32 bits. This needs {@link
   * ActivationRanges}, which {@code unmask quantize} measures. Probabilities change.
   */
  INT8;

  /** The name in lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
