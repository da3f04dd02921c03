package io.unmask.image;

/**
 * What a decoder makes of a file.
 *
 * @param pixels as they are stored
 * @param orientation how to turn them
 * @param frames how many pictures the file has, of which these are the first
 */
record DecodedImage(PixelSource pixels, ExifOrientation orientation, int frames) {

  /** A single picture that stands upright. */
  static DecodedImage still(PixelSource pixels) {
    return new DecodedImage(pixels, ExifOrientation.UPRIGHT, 1);
  }
}
