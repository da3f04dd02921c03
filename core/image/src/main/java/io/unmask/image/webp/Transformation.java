package io.unmask.image.webp;

/** What was done to a picture's pixels so that they take fewer bits (RFC 9649, section 3.5). */
interface Transformation {

  /** The columns of what it made of a picture with so many. */
  default int codedWidth(int width) {
    return width;
  }

  /** Undoes it, in place where the columns stay as many. */
  PixelArray undo(PixelArray pixels);
}
