package io.unmask.image.webp;

import java.util.Arrays;

/**
 * Groups of macroblocks that are quantized and filtered alike (RFC 6386, section 9.3).
 *
 * @param used whether there are any
 * @param mapped whether macroblocks say which they belong to; else all belong to the first
 * @param absolute whether levels replace those of the picture; else they are added
 * @param quantizers the level of each
 * @param filters the strength of each
 * @param probabilities of the two bits that tell a macroblock's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record Segments(
    boolean used,
    boolean mapped,
    boolean absolute,
    int[] quantizers,
    int[] filters,
    int[] probabilities) {

  static final int COUNT = 4;

  private static final int NEVER_ONE = 255;

  static Segments read(BooleanDecoder header) {
    int[] quantizers = new int[COUNT];
    int[] filters = new int[COUNT];
    int[] probabilities = new int[COUNT - 1];
    Arrays.fill(probabilities, NEVER_ONE);
    boolean absolute = true;
    boolean mapped = false;
    boolean used = header.flag();
    if (used) {
      mapped = header.flag();
      if (header.flag()) {
        absolute = header.flag();
        Arrays.setAll(quantizers, i -> header.optional(7));
        Arrays.setAll(filters, i -> header.optional(6));
      }
      if (mapped) {
        Arrays.setAll(probabilities, i -> header.flag() ? header.number(8) : NEVER_ONE);
      }
    }
    return new Segments(used, mapped, absolute, quantizers, filters, probabilities);
  }

  /** The quantizer's level of a segment, where the picture's is that. */
  int quantizer(int segment, int level) {
    return of(quantizers[segment], level);
  }

  /** The filter's level of a segment, where the picture's is that. */
  int filter(int segment, int level) {
    return of(filters[segment], level);
  }

  private int of(int own, int level) {
    if (!used) {
      return level;
    }
    return absolute ? own : own + level;
  }

  /** Reads which segment a macroblock belongs to. */
  int next(BooleanDecoder modes) {
    if (!mapped) {
      return 0;
    }
    return modes.bit(probabilities[0]) == 0
        ? modes.bit(probabilities[1])
        : 2 + modes.bit(probabilities[2]);
  }
}
