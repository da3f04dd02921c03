package io.unmask.spi;

import java.util.Locale;

/** The kind of processor a network runs on. */
public enum Device {
  /** The best that the backend can use here. */
  AUTO,
  /** The central processor. */
  CPU,
  /** A graphics processor; if none can be used, that is an error. */
  GPU;

  /** The name in lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
