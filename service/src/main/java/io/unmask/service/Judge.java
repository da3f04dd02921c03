package io.unmask.service;

/** Says something about a photo. */
interface Judge {

  /**
   * Looks at a photo.
   *
   * @param explain whether to say where the evidence lies too
   * @return the fields of its answer
   * @throws io.unmask.error.ImageException if it cannot be read
   */
  JsonBytes.Writing judge(NamedPhoto photo, boolean explain);
}
