package io.unmask.image.webp;

/**
 * Pixels are differences from a prediction, made from neighbours in a way that each tile chooses
 * (RFC 9649, section 4.1).
 *
 * @param bits of the side of a tile
 * @param tiles the ways, in green
 */
record PixelPrediction(int bits, PixelArray tiles) implements Transformation {

  private static final int WAYS = 16;
  private static final int LEFT = 1;
  private static final int ABOVE = 2;

  static PixelPrediction read(BitReader bits, int width, int height) throws BitstreamException {
    int tileBits = Tiles.bits(bits);
    return new PixelPrediction(
        tileBits,
        EntropyDecoder.readPart(bits, Tiles.count(width, tileBits), Tiles.count(height, tileBits)));
  }

  /** The first row is predicted from the left, the first column from above. */
  @Override
  public PixelArray undo(PixelArray pixels) {
    int width = pixels.width();
    int side = 1 << bits;
    NeighbourPrediction neighbours = NeighbourPrediction.of(pixels);
    neighbours.undo(0, 0, 1);
    neighbours.undo(LEFT, 1, width - 1);
    for (int y = 1; y < pixels.height(); y++) {
      neighbours.undo(ABOVE, y * width, 1);
      int tile = (y >> bits) * tiles.width();
      for (int x = 1; x < width; tile++) {
        int end = Math.min(width, (x & -side) + side);
        neighbours.undo(tiles.green(tile) & (WAYS - 1), y * width + x, end - x);
        x = end;
      }
    }
    return pixels;
  }
}
