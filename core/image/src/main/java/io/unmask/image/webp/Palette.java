package io.unmask.image.webp;

/**
 * Colours were replaced by indices, which are stored in green; up to eight neighbours share one
 * pixel (RFC 9649, section 4.4).
 *
 * @param bundleBits bits of the number of pixels that share one
 * @param width columns of the picture
 * @param colors red, green, blue and alpha of 256 colours; those behind the last are transparent
 *     black
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record Palette(int bundleBits, int width, byte[] colors) implements Transformation {

  private static final int COLORS = 256;

  static Palette read(BitReader bits, int width) throws BitstreamException {
    int count = bits.read(8) + 1;
    byte[] differences = EntropyDecoder.readPart(bits, count, 1).data();
    byte[] colors = new byte[COLORS * PixelArray.ALPHA_BYTES];
    System.arraycopy(differences, 0, colors, 0, differences.length);
    for (int i = PixelArray.ALPHA_BYTES; i < differences.length; i++) {
      colors[i] += colors[i - PixelArray.ALPHA_BYTES];
    }
    int bundleBits = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
    return new Palette(bundleBits, width, colors);
  }

  @Override
  public int codedWidth(int columns) {
    return Tiles.count(columns, bundleBits);
  }

  /** Where the colour of a pixel begins. */
  int color(PixelArray bundles, int x, int y) {
    int bundle = bundles.green(y * bundles.width() + (x >> bundleBits));
    int indexBits = Byte.SIZE >> bundleBits;
    int place = x & ((1 << bundleBits) - 1);
    return ((bundle >> (place * indexBits)) & ((1 << indexBits) - 1)) * PixelArray.ALPHA_BYTES;
  }

  @Override
  public PixelArray undo(PixelArray bundles) {
    PixelArray pixels = bundleBits == 0 ? bundles : PixelArray.of(width, bundles.height(), true);
    int out = 0;
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(colors, color(bundles, x, y), pixels.data(), out, PixelArray.ALPHA_BYTES);
        out += PixelArray.ALPHA_BYTES;
      }
    }
    return pixels;
  }
}
