package io.unmask.spi;

/** Whether a backend or another plug-in can be used here and now, and if not, why. */
public sealed interface Availability {

  /**
   * It can be used.
   *
   * @param engine the engine and its version, such as {@code oneDNN 3.11}
   * @param device the device it would run on, as precisely as can be told without loading it
   */
  record Available(String engine, String device) implements Availability {}

  /**
   * It cannot be used.
   *
   * @param reason what is missing or wrong, as half a sentence
   * @param remedy what to do about it, such as the Maven dependency to add
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
