package io.unmask.json;

/**
 * A JSON document is not well formed, or a value is not what was expected in its place. The message
 * is one line and does not name the document, which is the caller's to do.
 */
public final class JsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public JsonException(String message) {
    super(message);
  }

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message, which is always there. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
