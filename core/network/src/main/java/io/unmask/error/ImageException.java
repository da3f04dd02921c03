package io.unmask.error;

import org.jspecify.annotations.Nullable;

/** An image that cannot be read: missing, empty, truncated, too large or of an unknown format. */
public final class ImageException extends DetectorException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a one-line message that says what is wrong and what to do. */
  public ImageException(String message) {
    this(message, null);
  }

  /** Creates an exception with such a message and the cause it was found by. */
  public ImageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
