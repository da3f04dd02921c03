package io.unmask.image.jpeg;

import org.jspecify.annotations.Nullable;

/**
 * A Huffman table for decoding (ITU-T T.81, annex C and section F.2.2.3).
 *
 * <p>The next {@link #LOOKED_AT} bits of the data find an entry. It tells the symbol, if its code
 * is not longer than that, and for the coefficients of a block also its value, if that follows
 * within these bits.
 */
final class HuffmanTable {

  /** Codes of up to this many bits are found at once. Longer ones are rare. */
  static final int LOOKED_AT = 10;

  /** In an entry: how many bits it takes from the data. No entry takes none. */
  static final int BITS = 0x3F;

  /** In an entry: the symbol, from this bit on. */
  static final int SYMBOL_AT = 6;

  /** In an entry: the upper half of the symbol, which is how many zeros come first. */
  static final int RUN_AT = SYMBOL_AT + 4;

  /** In an entry: that the value, signed, is in its upper 16 bits, and its bits are counted in. */
  static final int HAS_VALUE = 1 << 17;

  static final int VALUE_AT = 18;

  /** In an entry: a run behind which nothing comes, since it is as long as a block. */
  static final int END = 64;

  private static final int MAX_BITS = 16;
  private static final int RUN_OF_SIXTEEN = 0xF0;

  final int[] entries;
  private final byte[] symbols;
  private final int[] codeEnds; // for each length, left-aligned in 16 bits
  private final int[] symbolOffsets;

  private HuffmanTable(int[] entries, byte[] symbols, int[] codeEnds, int[] symbolOffsets) {
    this.entries = entries;
    this.symbols = symbols;
    this.codeEnds = codeEnds;
    this.symbolOffsets = symbolOffsets;
  }

  /**
   * Makes the table of a DHT segment, unless that contradicts the specification.
   *
   * @param data the segment
   * @param at index of the 16 counts, behind which the symbols lie
   * @param count how many symbols there are, the sum of the counts
   */
  static @Nullable HuffmanTable of(byte[] data, int at, int count) {
    int[] codeEnds = new int[MAX_BITS + 1];
    int[] offsets = new int[MAX_BITS + 1];
    int[] entries = new int[1 << LOOKED_AT];
    byte[] symbols = new byte[count];
    System.arraycopy(data, at + MAX_BITS, symbols, 0, count);
    int code = 0;
    int symbol = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      offsets[length] = symbol - code;
      for (int i = data[at + length - 1] & 0xFF; i > 0; i--) {
        if (length <= LOOKED_AT) {
          int first = code << (LOOKED_AT - length);
          int last = (code + 1) << (LOOKED_AT - length);
          if (last > entries.length) {
            return null;
          }
          for (int bits = first; bits < last; bits++) {
            entries[bits] = entry(symbols[symbol] & 0xFF, length, bits);
          }
        }
        code++;
        symbol++;
      }
      if (code >= 1 << length) {
        return null; // a code of ones alone is not allowed
      }
      codeEnds[length] = code << (MAX_BITS - length);
      code <<= 1;
    }
    return new HuffmanTable(entries, symbols, codeEnds, offsets);
  }

  /**
   * The entry for bits that begin with a code.
   *
   * @param symbol what the code stands for: a run of zeros in its upper four bits, and in the lower
   *     ones how many bits of a value follow
   * @param length of the code
   */
  private static int entry(int symbol, int length, int bits) {
    int size = symbol & 15;
    if (size == 0 || length + size > LOOKED_AT) {
      return entry(symbol, length);
    }
    int value = extended((bits >> (LOOKED_AT - length - size)) & ((1 << size) - 1), size);
    return value << VALUE_AT | HAS_VALUE | symbol << SYMBOL_AT | (length + size);
  }

  /** The entry for a code whose value, if there is one, does not follow within the bits. */
  private static int entry(int symbol, int length) {
    boolean ends = (symbol & 15) == 0 && symbol != RUN_OF_SIXTEEN;
    return ends ? HAS_VALUE | END << RUN_AT | length : symbol << SYMBOL_AT | length;
  }

  /** The number that some bits stand for (section F.2.2.1, EXTEND). */
  static int extended(int bits, int size) {
    int negative = (bits >> (size - 1)) - 1; // all bits set if the value is
    return bits + (((-1 << size) + 1) & negative);
  }

  /** The entry for the next {@link #LOOKED_AT} bits; 0 if the code is longer, or none. */
  int entry(int bits) {
    return entries[bits];
  }

  /**
   * Finds a code that may be longer than what is looked at.
   *
   * @param bits the next 16 of the data
   * @return an entry without a value; 0 if no code begins like this
   */
  int longEntry(int bits) {
    for (int length = 1; length <= MAX_BITS; length++) {
      if (bits < codeEnds[length]) {
        int symbol = symbols[symbolOffsets[length] + (bits >> (MAX_BITS - length))] & 0xFF;
        return entry(symbol, length);
      }
    }
    return 0;
  }

  /** Whether all symbols are sizes of differences of a DC coefficient. */
  boolean fitsDc() {
    for (byte symbol : symbols) {
      if (symbol < 0 || symbol > 15) {
        return false;
      }
    }
    return true;
  }
}
