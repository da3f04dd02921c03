package io.unmask;

/** What a detector takes a face, or a photo, for. */
public enum Label {
  /** A photograph of a real face. */
  REAL,
  /** An image that was generated. */
  FAKE,
  /**
   * Undecided, which happens only where a band, a greatest spread, a smallest face or a lowest
   * quality of JPEG is set: by {@link DetectorBuilder#band}, by {@link DetectorBuilder#maxSpread},
   * or by the model's manifest.
   */
  UNCERTAIN,
  /** Nothing was judged: the model is for faces, and none was found in the photo. */
  NO_FACE
}
