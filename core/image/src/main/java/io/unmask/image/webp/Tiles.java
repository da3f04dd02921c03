package io.unmask.image.webp;

/** Squares that a picture is divided into (RFC 9649, section 3.5). */
final class Tiles {

  private static final int LEAST_BITS = 2;

  private Tiles() {}

  /** Reads how many bits the side of a tile has. */
  static int bits(BitReader bits) {
    return LEAST_BITS + bits.read(3);
  }

  /** How many tiles, or bundles, of that many bits cover so many pixels. */
  static int count(int pixels, int bits) {
    return (pixels + (1 << bits) - 1) >> bits;
  }
}
