package io.unmask.image.webp;

/** Colours that were seen lately, found by their hash (RFC 9649, section 3.5.3). */
final class ColorCache {

  private static final int FACTOR = 0x1E35A7BD;

  private final int[] colors;
  private final int shift;

  /** Makes one of so many bits, or an empty one. */
  ColorCache(int bits) {
    this.colors = new int[bits == 0 ? 0 : 1 << bits];
    this.shift = Integer.SIZE - bits;
  }

  int size() {
    return colors.length;
  }

  void add(int argb) {
    colors[(FACTOR * argb) >>> shift] = argb;
  }

  int get(int key) {
    return colors[key];
  }
}
