package io.unmask.keras.fault;

import org.jspecify.annotations.Nullable;

/** Weights that are not those the layer asks for. The message ends before what to do about it. */
public final class MisfitException extends DefectException {

  private static final long serialVersionUID = 1L;

  public MisfitException(String message) {
    this(message, null);
  }

  private MisfitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The same as a plain defect, with what to do. */
  public DefectException advising(String advice) {
    return new DefectException(getMessage() + advice, this);
  }

  @Override
  public MisfitException of(String what) {
    return new MisfitException(what + " " + getMessage(), getCause());
  }
}
