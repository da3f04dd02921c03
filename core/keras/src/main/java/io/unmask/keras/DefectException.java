package io.unmask.keras;

import io.unmask.json.JsonException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file, without the file's name, which {@link KerasReader} puts before it. */
class DefectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DefectException(String message) {
    this(message, null);
  }

  DefectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The defect that a configuration has. */
  static DefectException of(JsonException e) {
    return new DefectException(e.getMessage() + "; save the model again", e);
  }

  /** The same defect, with where it was found before it. */
  DefectException in(String place) {
    return new DefectException(place + ": " + getMessage(), getCause());
  }

  /** The same defect of the named thing. */
  DefectException of(String what) {
    return new DefectException(what + " " + getMessage(), this);
  }
}
