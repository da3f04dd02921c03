package io.unmask.image.webp;

/** Green was subtracted from red and blue (RFC 9649, section 4.3). */
final class GreenTransformation implements Transformation {

  @Override
  public PixelArray undo(PixelArray pixels) {
    byte[] data = pixels.data();
    int step = pixels.pixelBytes();
    for (int i = 0; i < data.length; i += step) {
      byte green = data[i + 1];
      data[i] += green;
      data[i + 2] += green;
    }
    return pixels;
  }
}
