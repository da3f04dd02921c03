package io.unmask.service;

/** Says something about a photo. */
interface Judge {

  /**
   * Looks at a photo.
   *
   * @return the fields of its answer
   * @throws io.unmask.error.ImageException if it cannot be read
   */
  JsonBytes.Writing judge(NamedPhoto photo);
}
