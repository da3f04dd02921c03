package io.unmask.image.webp;

import java.util.Arrays;

/** Reads prefix codes (RFC 9649, section 3.7.2.1). */
final class PrefixCodeReader {

  /** Symbols of green: literals and lengths; there are more with a colour cache. */
  static final int LITERALS = 256;

  static final int LENGTHS = 24;
  private static final int DISTANCES = 40;

  private static final int REPEAT_LAST = 16;
  private static final int REPEAT_ZERO = 17;
  private static final int FIRST_LAST = 8;
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private final BitReader bits;
  private final int greens;
  private final int[] lengths;
  private long budget; // of bytes

  /**
   * Prepares to read.
   *
   * @param cacheSize colours in the cache
   * @param budget bytes that all codes together may take
   */
  PrefixCodeReader(BitReader bits, int cacheSize, long budget) {
    this.bits = bits;
    this.greens = LITERALS + LENGTHS + cacheSize;
    this.lengths = new int[greens];
    this.budget = budget;
  }

  /** Reads five codes. */
  PrefixGroup group() throws BitstreamException {
    return new PrefixGroup(
        code(greens), code(LITERALS), code(LITERALS), code(LITERALS), code(DISTANCES));
  }

  /** Counts five codes that will be kept. */
  void keep(PrefixGroup group) throws BitstreamException {
    budget -= group.size();
    if (budget < 0) {
      throw BitstreamException.malformed("it has far more prefix codes than an image needs");
    }
  }

  private PrefixCode code(int alphabet) throws BitstreamException {
    Arrays.fill(lengths, 0);
    if (bits.flag()) {
      boolean two = bits.flag();
      lengths[bits.read(bits.flag() ? 8 : 1)] = 1;
      if (two) {
        lengths[bits.read(8)] = 1;
      }
    } else {
      readLengths(alphabet);
    }
    bits.check();
    return PrefixCode.of(lengths, alphabet);
  }

  /** Reads the lengths of codes, which are themselves coded. */
  private void readLengths(int alphabet) throws BitstreamException {
    int[] ofLengths = new int[ORDER.length];
    int count = 4 + bits.read(4);
    for (int i = 0; i < count; i++) {
      ofLengths[ORDER[i]] = bits.read(3);
    }
    PrefixCode code = PrefixCode.of(ofLengths, ofLengths.length);
    int left = alphabet;
    if (bits.flag()) {
      left = 2 + bits.read(2 + 2 * bits.read(3));
      if (left > alphabet) {
        throw BitstreamException.malformed("it has a prefix code of " + left + " lengths");
      }
    }
    int last = FIRST_LAST;
    int symbol = 0;
    while (symbol < alphabet && left-- > 0) {
      bits.fill();
      int length = code.next(bits);
      if (length < REPEAT_LAST) {
        lengths[symbol++] = length;
        last = length == 0 ? last : length;
      } else {
        int times =
            switch (length) {
              case REPEAT_LAST -> 3 + bits.read(2);
              case REPEAT_ZERO -> 3 + bits.read(3);
              default -> 11 + bits.read(7);
            };
        if (times > alphabet - symbol) {
          throw BitstreamException.malformed("it has a prefix code that is too long");
        }
        Arrays.fill(lengths, symbol, symbol + times, length == REPEAT_LAST ? last : 0);
        symbol += times;
      }
    }
  }
}
