package io.unmask.keras.config;

/** Which Keras wrote a model: a few functions have changed without another name. */
public enum Generation {
  /** Keras 2 and before. */
  TWO,
  /** Keras 3. */
  THREE,
  /** The file does not say. */
  UNKNOWN;

  /** The generation of a version such as {@code 3.15.1}. */
  public static Generation of(String version) {
    if (version.startsWith("3.")) {
      return THREE;
    }
    return version.startsWith("2.") || version.startsWith("1.") ? TWO : UNKNOWN;
  }
}
