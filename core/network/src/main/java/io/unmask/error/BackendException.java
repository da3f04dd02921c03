package io.unmask.error;

import org.jspecify.annotations.Nullable;

/** No backend fits, or a backend failed to load, to compile a network or to run it. */
public final class BackendException extends DetectorException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a one-line message that says what is wrong and what to do. */
  public BackendException(String message) {
    this(message, null);
  }

  /** Creates an exception with such a message and the cause it was found by. */
  public BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Creates an exception whose message, such as the others have, ends with a link. */
  public BackendException(Explanation explanation, String message, @Nullable Throwable cause) {
    this(message + "; see " + explanation.link(), cause);
  }
}
