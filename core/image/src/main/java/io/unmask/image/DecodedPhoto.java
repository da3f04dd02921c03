package io.unmask.image;

import io.unmask.spi.Photo;
import java.awt.image.BufferedImage;

/**
 * A photo over what a decoder made.
 *
 * @param pixels the picture as it is shown
 * @param facts what the file says
 */
record DecodedPhoto(PixelSource pixels, Facts facts) implements Photo {

  /** Turns a picture upright, if that is wanted. */
  static Photo of(DecodedImage image, boolean upright) {
    Facts stored = image.header().facts();
    if (!upright || !stored.needsTurning()) {
      return new DecodedPhoto(image.pixels(), stored);
    }
    return new DecodedPhoto(
        new ExifOrientation(stored.orientation()).apply(image.pixels()), stored.upright());
  }

  /** A photo that reads an image's own arrays. */
  static Photo of(BufferedImage image) {
    return new DecodedPhoto(BufferedPixels.of(image), new Facts("BufferedImage", 1, false, 1));
  }

  @Override
  public int width() {
    return pixels.width();
  }

  @Override
  public int height() {
    return pixels.height();
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    pixels.readRow(y, columns, rgb);
  }
}
