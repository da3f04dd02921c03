package io.unmask.keras.fault;

/** What a sound model needs and this library lacks, without the file's name. */
public final class UnsupportedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnsupportedException(String message) {
    super(message);
  }

  /** The same, with where it was found before it. */
  public UnsupportedException in(String place) {
    return new UnsupportedException(place + ": " + getMessage());
  }
}
