package io.unmask;

/** The verdict of a detector on a face or a photo. */
public enum Label {
  /** A photograph of a real face. */
  REAL,
  /** An image that was generated. */
  FAKE,
  /**
   * Undecided. This happens only if a band, a maximum spread, a minimum face size or a minimum JPEG
   * quality is set: by {@link DetectorBuilder#band}, by {@link DetectorBuilder#maxSpread}, or by
   * the model's manifest.
   */
  UNCERTAIN,
  /** Nothing was judged: the model is for faces, and none was found in the photo. */
  NO_FACE
}
