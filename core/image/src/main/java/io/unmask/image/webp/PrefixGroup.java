package io.unmask.image.webp;

/**
 * The five codes with which the pixels of some tiles are coded (RFC 9649, section 3.6).
 *
 * @param green also of lengths of copies and of colours in the cache
 * @param red of red
 * @param blue of blue
 * @param alpha of alpha
 * @param distance of distances of copies
 */
record PrefixGroup(
    PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {

  /** Whether all pixels have the same colour, and take no bits. */
  boolean isConstant() {
    return green.isConstant()
        && green.constant() < PrefixCodeReader.LITERALS
        && red.isConstant()
        && blue.isConstant()
        && alpha.isConstant();
  }

  /** That colour. */
  int constant() {
    return alpha.constant() << 24 | red.constant() << 16 | green.constant() << 8 | blue.constant();
  }

  /** Bytes that they take. */
  int size() {
    return green.size() + red.size() + blue.size() + alpha.size() + distance.size();
  }
}
