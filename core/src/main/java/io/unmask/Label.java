package io.unmask;

/** What a detector takes a face for. */
public enum Label {
  /** A photograph of a real face. */
  REAL,
  /** An image that was generated. */
  FAKE,
  /**
   * Undecided, which happens only where a band or a greatest spread is set: by {@link
   * DetectorBuilder#band}, by {@link DetectorBuilder#maxSpread}, or by the model's manifest.
   */
  UNCERTAIN
}
