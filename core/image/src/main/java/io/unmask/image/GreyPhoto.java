package io.unmask.image;

import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Photo;

/**
 * A photo without its colours, as {@link ChannelOrder#GREY} says; red, green and blue are the same.
 *
 * @param coloured the photo
 */
record GreyPhoto(Photo coloured) implements Photo {

  /** The photo as a network with these channels is to see it. */
  static Photo of(Photo photo, ChannelOrder order) {
    return order == ChannelOrder.GREY ? new GreyPhoto(photo) : photo;
  }

  @Override
  public int width() {
    return coloured.width();
  }

  @Override
  public int height() {
    return coloured.height();
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    coloured.readRow(y, columns, rgb);
    for (int i = 0; i < 3 * columns.length; i += 3) {
      int weighted = 19595 * (int) rgb[i] + 38470 * (int) rgb[i + 1] + 7471 * (int) rgb[i + 2];
      float grey = (weighted + 0x8000) >> 16;
      rgb[i] = grey;
      rgb[i + 1] = grey;
      rgb[i + 2] = grey;
    }
  }

  @Override
  public Facts facts() {
    return coloured.facts();
  }
}
