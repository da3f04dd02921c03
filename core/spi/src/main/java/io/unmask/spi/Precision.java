package io.unmask.spi;

import java.util.Locale;

/** The numbers that a network is computed with. */
public enum Precision {
  /** What the backend is fastest with on this machine. */
  AUTO,
  /** Single precision, as Keras computes: 24 significant bits. */
  F32,
  /**
   * Convolutions and dense layers multiply bfloat16 numbers, with 8 significant bits, and add up in
   * single precision. Probabilities change a little; where the processor lacks it, that is an
   * error.
   */
  BF16,
  /**
   * Convolutions multiply 8-bit integers and add up in 32 bits. That needs {@link
   * ActivationRanges}, which {@code unmask quantize} measures; probabilities change.
   */
  INT8;

  /** The name in lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
