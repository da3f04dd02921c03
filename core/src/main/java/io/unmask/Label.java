package io.unmask;

/** What a detector takes a face for. */
public enum Label {
  /** A photograph of a real face. */
  REAL,
  /** An image that was generated. */
  FAKE
}
