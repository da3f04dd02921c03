package io.unmask;

/** Which part of a photo is judged. */
public enum Faces {
  /** The whole image, as Keras models are usually trained. */
  WHOLE,
  /** Each face that is found in the photo, cut out with its surroundings. */
  CROP
}
