package io.unmask.image.webp;

/**
 * Parts of green were subtracted from red and blue, and of red from blue, other parts in each tile
 * (RFC 9649, section 4.2).
 *
 * @param bits of the side of a tile
 * @param tiles the parts, in 32nds: in blue those of green in red, in green those of green in blue,
 *     in red those of red in blue
 */
record ColorTransformation(int bits, PixelArray tiles) implements Transformation {

  static ColorTransformation read(BitReader bits, int width, int height) throws BitstreamException {
    int tileBits = Tiles.bits(bits);
    return new ColorTransformation(
        tileBits,
        EntropyDecoder.readPart(bits, Tiles.count(width, tileBits), Tiles.count(height, tileBits)));
  }

  @Override
  public PixelArray undo(PixelArray pixels) {
    int side = 1 << bits;
    for (int y = 0; y < pixels.height(); y++) {
      int tile = (y >> bits) * tiles.width();
      for (int x = 0; x < pixels.width(); x += side) {
        undo(pixels, y * pixels.width() + x, Math.min(side, pixels.width() - x), tile++);
      }
    }
    return pixels;
  }

  private void undo(PixelArray pixels, int first, int count, int tile) {
    int greenInRed = (byte) tiles.blue(tile);
    int greenInBlue = (byte) tiles.green(tile);
    int redInBlue = (byte) tiles.red(tile);
    byte[] data = pixels.data();
    int step = pixels.pixelBytes();
    int end = (first + count) * step;
    for (int i = first * step; i < end; i += step) {
      int green = data[i + 1];
      byte red = (byte) (data[i] + ((greenInRed * green) >> 5));
      data[i] = red;
      data[i + 2] += (byte) (((greenInBlue * green) >> 5) + ((redInBlue * red) >> 5));
    }
  }
}
