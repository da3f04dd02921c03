package io.unmask.image;

import static io.unmask.image.ImageFormat.BMP;

/**
 * Which bits of a BMP's pixel are red, green and blue. Immutable.
 *
 * @param redMask the bits, without a gap between them
 * @param greenMask likewise
 * @param blueMask likewise
 */
record BmpMasks(int redMask, int greenMask, int blueMask) {

  /** What stands for no masks: five bits each, or bytes of blue, green and red. */
  static BmpMasks usual(int bits) {
    return bits == 16
        ? new BmpMasks(0x7C00, 0x03E0, 0x001F)
        : new BmpMasks(0xFF0000, 0x00FF00, 0x0000FF);
  }

  /**
   * Masks of a file.
   *
   * @param bits of a pixel
   * @throws UnreadableException if they overlap, have gaps or leave a colour out
   */
  static BmpMasks of(int red, int green, int blue, int bits) throws UnreadableException {
    boolean plain = isPlain(red, bits) && isPlain(green, bits) && isPlain(blue, bits);
    if (!plain || (red & green) != 0 || (red & blue) != 0 || (green & blue) != 0) {
      throw UnreadableException.unsupported(
          BMP,
          "oddly masked (%08x, %08x, %08x)".formatted(red, green, blue),
          "masks of neighbouring bits for red, green and blue");
    }
    return new BmpMasks(red, green, blue);
  }

  /** Whether the bits are neighbours, and within the pixel. */
  private static boolean isPlain(int mask, int bits) {
    if (mask == 0 || (bits == 16 && mask >>> 16 != 0)) {
      return false;
    }
    int low = mask >>> Integer.numberOfTrailingZeros(mask);
    return (low & (low + 1)) == 0;
  }

  /** Whether each colour is a byte of its own. */
  boolean areBytes() {
    return isByte(redMask) && isByte(greenMask) && isByte(blueMask);
  }

  private static boolean isByte(int mask) {
    return mask >>> Integer.numberOfTrailingZeros(mask) == 0xFF
        && Integer.numberOfTrailingZeros(mask) % 8 == 0;
  }

  int redByte() {
    return Integer.numberOfTrailingZeros(redMask) / 8;
  }

  int greenByte() {
    return Integer.numberOfTrailingZeros(greenMask) / 8;
  }

  int blueByte() {
    return Integer.numberOfTrailingZeros(blueMask) / 8;
  }

  int red(int pixel) {
    return level(pixel, redMask);
  }

  int green(int pixel) {
    return level(pixel, greenMask);
  }

  int blue(int pixel) {
    return level(pixel, blueMask);
  }

  /** In 0..255, rounded, whatever the number of bits. */
  private static int level(int pixel, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = Integer.toUnsignedLong(mask >>> shift);
    long value = Integer.toUnsignedLong((pixel & mask) >>> shift);
    return (int) ((value * 255 + most / 2) / most);
  }
}
