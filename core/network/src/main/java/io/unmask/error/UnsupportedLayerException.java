package io.unmask.error;

import org.jspecify.annotations.Nullable;

/** A model that is well formed but uses a layer, activation or option that is not supported. */
public final class UnsupportedLayerException extends DetectorException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a one-line message that says what is wrong and what to do. */
  public UnsupportedLayerException(String message) {
    this(message, null);
  }

  /** Creates an exception with such a message and the cause it was found by. */
  public UnsupportedLayerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
