package io.unmask.keras;

/** What a sound model needs and this library lacks, without the file's name. */
final class UnsupportedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedException(String message) {
    super(message);
  }

  /** The same, with where it was found before it. */
  UnsupportedException in(String place) {
    return new UnsupportedException(place + ": " + getMessage());
  }
}
