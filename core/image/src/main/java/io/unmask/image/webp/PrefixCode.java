package io.unmask.image.webp;

/**
 * A canonical prefix code with codes of up to 15 bits (RFC 9649, section 3.7.2), read through a
 * table by its first eight bits, or bit by bit if it is longer.
 */
final class PrefixCode {

  static final int LONGEST = 15;

  private static final int ROOT_BITS = 8;
  private static final int SYMBOL_BITS = 12;
  private static final int SYMBOL = (1 << SYMBOL_BITS) - 1;
  private static final char LONG = 0xFFFF;

  private final char[] table; // the length above, the symbol below
  private final char[] symbols; // by the length of their codes
  private final char[] counts; // of codes of each length

  private PrefixCode(char[] table, char[] symbols, char[] counts) {
    this.table = table;
    this.symbols = symbols;
    this.counts = counts;
  }

  /**
   * Makes the code in which symbols have codes of those lengths, 0 for none.
   *
   * @param lengths of the first {@code alphabet} symbols
   */
  static PrefixCode of(int[] lengths, int alphabet) throws BitstreamException {
    char[] counts = new char[LONGEST + 1];
    for (int i = 0; i < alphabet; i++) {
      counts[lengths[i]]++;
    }
    int used = alphabet - counts[0];
    counts[0] = 0;
    int longest = 0;
    int taken = 0; // of the codes of 15 bits
    int[] next = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      next[length + 1] = next[length] + counts[length];
      taken += counts[length] << (LONGEST - length);
      longest = counts[length] > 0 ? length : longest;
    }
    if (used == 0 || (used > 1 && taken != 1 << LONGEST)) {
      throw BitstreamException.malformed("it has an incomplete prefix code");
    }
    char[] symbols = new char[used];
    for (int i = 0; i < alphabet; i++) {
      if (lengths[i] > 0) {
        symbols[next[lengths[i]]++] = (char) i;
      }
    }
    if (used == 1) {
      return new PrefixCode(symbols, symbols, counts); // a code without any bits
    }
    char[] table = table(symbols, counts, Math.min(longest, ROOT_BITS));
    return longest > ROOT_BITS
        ? new PrefixCode(table, symbols, counts)
        : new PrefixCode(table, table, counts);
  }

  private static char[] table(char[] symbols, char[] counts, int bits) {
    char[] table = new char[1 << bits];
    int code = 0;
    int index = 0;
    for (int length = 1; length <= bits; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int reversed = Integer.reverse(code) >>> (Integer.SIZE - length);
        for (int at = reversed; at < table.length; at += 1 << length) {
          table[at] = (char) (length << SYMBOL_BITS | symbols[index]);
        }
        index++;
        code++;
      }
      code <<= 1;
    }
    for (int at = 0; at < table.length && index < symbols.length; at++) {
      table[at] = table[at] == 0 ? LONG : table[at]; // no length is 0 here
    }
    return table;
  }

  /** Bytes that it takes. */
  int size() {
    return Character.BYTES * (table.length + (symbols == table ? 0 : symbols.length)) + 96;
  }

  /** Whether it has a single symbol, which takes no bits. */
  boolean isConstant() {
    return table.length == 1;
  }

  /** The symbol, if there is but one. */
  int constant() {
    return table[0];
  }

  /** Reads a symbol; 15 bits are available. */
  int next(BitReader bits) {
    int entry = table[bits.peek() & (table.length - 1)];
    if (entry == LONG) {
      return nextLong(bits);
    }
    bits.skip(entry >> SYMBOL_BITS);
    return entry & SYMBOL;
  }

  private int nextLong(BitReader bits) {
    int ahead = bits.peek();
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= ahead & 1;
      ahead >>>= 1;
      if (code - first < counts[length]) {
        bits.skip(length);
        return symbols[index + code - first];
      }
      index += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw new IllegalStateException("an incomplete prefix code"); // refused when it was made
  }
}
