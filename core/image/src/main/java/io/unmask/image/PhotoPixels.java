package io.unmask.image;

import io.unmask.spi.Photo;

/** The pixels of a photo that a decoder of the class path made. */
record PhotoPixels(Photo photo) implements PixelSource {

  @Override
  public int width() {
    return photo.width();
  }

  @Override
  public int height() {
    return photo.height();
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    photo.readRow(y, columns, rgb);
  }
}
