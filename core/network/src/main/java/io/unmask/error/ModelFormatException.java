package io.unmask.error;

import org.jspecify.annotations.Nullable;

/** A model file that is missing, damaged, not what it says it is, or cannot be written. */
public final class ModelFormatException extends DetectorException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a one-line message that says what is wrong and what to do. */
  public ModelFormatException(String message) {
    this(message, null);
  }

  /** Creates an exception with such a message and the cause it was found by. */
  public ModelFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
