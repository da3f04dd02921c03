package io.unmask.keras.fault;

import io.unmask.json.JsonException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file, without the file's name, which {@code KerasReader} puts before it. */
public class DefectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DefectException(String message) {
    this(message, null);
  }

  public DefectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The defect that a configuration has. */
  public static DefectException of(JsonException e) {
    return new DefectException(e.getMessage() + "; save the model again", e);
  }

  /** The same defect, with where it was found before it. */
  public DefectException in(String place) {
    return new DefectException(place + ": " + getMessage(), getCause());
  }

  /** The same defect of the named thing. */
  public DefectException of(String what) {
    return new DefectException(what + " " + getMessage(), this);
  }
}
