package io.unmask.image.webp;

/**
 * Decodes pixels that are literals, copies of earlier pixels, or colours that were seen lately (RFC
 * 9649, section 3.5).
 */
final class EntropyDecoder {

  private static final int MOST_CACHE_BITS = 11;

  /** What prefix codes may take; real files stay far below. */
  private static final long CODE_BYTES = 8 << 20;

  private static final int PIXELS_PER_CODE_BYTE = 2;

  /** Distances up to that number stand for places nearby. */
  private static final int NEARBY = 120;

  /** Rows up in the upper half of a byte, 8 less columns to the right in the lower. */
  private static final int[] PLACES = {
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a,
    0x38, 0x05, 0x37, 0x39, 0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04,
    0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45,
    0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d,
    0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
    0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e,
    0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e,
    0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e,
    0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d,
    0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70,
  };

  private final BitReader bits;
  private final PrefixTiles tiles;
  private final ColorCache cache;
  private final PixelArray pixels;
  private final byte[] data;
  private final int pixelBytes;
  private final int count;

  private EntropyDecoder(BitReader bits, PrefixTiles tiles, ColorCache cache, PixelArray pixels) {
    this.bits = bits;
    this.tiles = tiles;
    this.cache = cache;
    this.pixels = pixels;
    this.data = pixels.data();
    this.pixelBytes = pixels.pixelBytes();
    this.count = pixels.width() * pixels.height();
  }

  /** Reads one of the small images that tell how the picture is coded. */
  static PixelArray readPart(BitReader bits, int width, int height) throws BitstreamException {
    ColorCache cache = readCache(bits);
    PrefixTiles tiles = PrefixTiles.single(codes(bits, cache, width, height));
    return read(bits, tiles, cache, PixelArray.of(width, height, true));
  }

  /** When the picture's alpha is kept; it is dropped in the end, but colours may depend on it. */
  enum Alpha {
    /** Unless it is the same everywhere. */
    WHERE_IT_DIFFERS,
    /** Unless it is 0 everywhere, which leaves predictions opaque, as they begin. */
    UNLESS_ZERO,
    ALWAYS
  }

  /** Reads the picture. */
  static PixelArray readPicture(BitReader bits, int width, int height, Alpha kept)
      throws BitstreamException {
    ColorCache cache = readCache(bits);
    PrefixTiles tiles = PrefixTiles.read(bits, codes(bits, cache, width, height), width, height);
    int alpha = tiles.constantAlpha();
    boolean zeroOnly = kept == Alpha.UNLESS_ZERO || cache.size() > 0; // a cache begins with zeros
    boolean needed = kept == Alpha.ALWAYS || alpha < 0 || (alpha != 0 && zeroOnly);
    return read(bits, tiles, cache, PixelArray.of(width, height, needed));
  }

  private static PixelArray read(
      BitReader bits, PrefixTiles tiles, ColorCache cache, PixelArray pixels)
      throws BitstreamException {
    new EntropyDecoder(bits, tiles, cache, pixels).decode();
    return pixels;
  }

  private static ColorCache readCache(BitReader bits) throws BitstreamException {
    if (!bits.flag()) {
      return new ColorCache(0);
    }
    int cacheBits = bits.read(4);
    if (cacheBits < 1 || cacheBits > MOST_CACHE_BITS) {
      throw BitstreamException.malformed("its colour cache has " + cacheBits + " bits");
    }
    return new ColorCache(cacheBits);
  }

  private static PrefixCodeReader codes(BitReader bits, ColorCache cache, int width, int height) {
    long budget = CODE_BYTES + (long) width * height / PIXELS_PER_CODE_BYTE;
    return new PrefixCodeReader(bits, cache.size(), budget);
  }

  private void decode() throws BitstreamException {
    int width = pixels.width();
    int mask = tiles.mask();
    PrefixGroup group = tiles.at(0, 0);
    int pixel = 0;
    int x = 0;
    int y = 0;
    while (pixel < count) {
      if ((x & mask) == 0) {
        group = tiles.at(x, y);
      }
      int decoded = 1;
      if (group.isConstant()) {
        decoded = Math.min(width - x, mask < 0 ? width : mask + 1 - (x & mask));
        fill(pixel, decoded, group.constant());
      } else {
        bits.fill();
        int green = group.green().next(bits);
        if (green < PrefixCodeReader.LITERALS) {
          literal(pixel, green, group);
        } else if (green < PrefixCodeReader.LITERALS + PrefixCodeReader.LENGTHS) {
          decoded = copy(pixel, number(green - PrefixCodeReader.LITERALS), group);
        } else {
          int key = green - PrefixCodeReader.LITERALS - PrefixCodeReader.LENGTHS;
          int argb = cache.get(key);
          put(pixel, argb);
          cache.add(argb); // where it was, unless it is one of the zeros at first
        }
      }
      pixel += decoded;
      x += decoded;
      if (x >= width) {
        y += x / width;
        x %= width;
        bits.check();
      }
      if (decoded > 1 && (x & mask) != 0) {
        group = tiles.at(x, y);
      }
    }
    bits.check();
  }

  private void literal(int pixel, int green, PrefixGroup group) {
    int red = group.red().next(bits);
    int blue = group.blue().next(bits);
    bits.fill();
    int alpha = group.alpha().next(bits);
    int at = pixel * pixelBytes;
    data[at] = (byte) red;
    data[at + 1] = (byte) green;
    data[at + 2] = (byte) blue;
    if (pixelBytes == PixelArray.ALPHA_BYTES) {
      data[at + 3] = (byte) alpha;
    }
    if (cache.size() > 0) {
      cache.add(alpha << 24 | red << 16 | green << 8 | blue);
    }
  }

  private void put(int pixel, int argb) {
    int at = pixel * pixelBytes;
    data[at] = (byte) (argb >> 16);
    data[at + 1] = (byte) (argb >> 8);
    data[at + 2] = (byte) argb;
    if (pixelBytes == PixelArray.ALPHA_BYTES) {
      data[at + 3] = (byte) (argb >> 24);
    }
  }

  private void fill(int pixel, int length, int argb) {
    put(pixel, argb);
    repeat(pixel + 1, 1, length - 1);
    if (cache.size() > 0) {
      cache.add(argb);
    }
  }

  /** Reads a distance and copies pixels from there. */
  private int copy(int pixel, int length, PrefixGroup group) throws BitstreamException {
    bits.fill();
    int distance = distance(number(group.distance().next(bits)));
    if (distance > pixel || length > count - pixel) {
      throw BitstreamException.malformed("it copies pixels from outside the picture");
    }
    repeat(pixel, distance, length);
    if (cache.size() > 0) {
      for (int i = pixel; i < pixel + length; i++) {
        int at = i * pixelBytes;
        int alpha = pixelBytes == PixelArray.ALPHA_BYTES ? data[at + 3] << 24 : 0;
        cache.add(
            alpha | (data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF));
      }
    }
    return length;
  }

  /** Copies pixels, of which some may be their own source. */
  private void repeat(int pixel, int distance, int length) {
    int to = pixel * pixelBytes;
    int from = to - distance * pixelBytes;
    int left = length * pixelBytes;
    while (left > 0) {
      int copied = Math.min(left, to - from); // the source grows with what is copied
      System.arraycopy(data, from, data, to, copied);
      to += copied;
      left -= copied;
    }
  }

  /** Reads what a prefix of a length or distance stands for. */
  private int number(int prefix) {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = (prefix - 2) >> 1;
    return ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
  }

  private int distance(int number) {
    if (number > NEARBY) {
      return number - NEARBY;
    }
    int place = PLACES[number - 1];
    return Math.max(1, (place >> 4) * pixels.width() + 8 - (place & 15));
  }
}
