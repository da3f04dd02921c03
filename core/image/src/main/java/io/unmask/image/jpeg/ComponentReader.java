package io.unmask.image.jpeg;

/** Reads the blocks of one component from a scan. */
final class ComponentReader {

  private static final int BLOCK = 64;

  /** Row by row, where the coefficients lie that come one after the other (section A.3.6). */
  private static final int[] PLACES = places();

  private final HuffmanTable dc;
  private final HuffmanTable ac;
  private final int[] quantization;
  private final Component component;
  private int last; // the first coefficient of the block before

  /**
   * Makes a reader.
   *
   * @param quantization by what each coefficient is multiplied, in the order of the file
   */
  ComponentReader(HuffmanTable dc, HuffmanTable ac, int[] quantization, Component component) {
    this.dc = dc;
    this.ac = ac;
    this.quantization = quantization;
    this.component = component;
  }

  private static int[] places() {
    int[] places = new int[BLOCK];
    int next = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = Math.max(0, diagonal - 7); i <= Math.min(diagonal, 7); i++) {
        int y = diagonal % 2 == 0 ? diagonal - i : i;
        places[next++] = (8 * y + diagonal - y) * InverseDct.BATCH;
      }
    }
    return places;
  }

  /** Begins anew behind a restart marker. */
  void restart() {
    last = 0;
  }

  /**
   * Reads a block and hands it to the transform.
   *
   * @param column of blocks
   * @param row of blocks
   * @return whether the bits are those of a block
   */
  boolean read(CodedBits bits, InverseDct transform, int column, int row) {
    bits.refill();
    int entry = dc.entry(bits.peek(HuffmanTable.LOOKED_AT));
    if (entry == 0) {
      entry = dc.longEntry(bits.peek(Short.SIZE));
      if (entry == 0) {
        return false;
      }
    }
    bits.skip(entry & HuffmanTable.BITS);
    if ((entry & HuffmanTable.HAS_VALUE) != 0) {
      last += entry >> HuffmanTable.VALUE_AT;
    } else {
      int size = entry >> HuffmanTable.SYMBOL_AT;
      last += HuffmanTable.extended(bits.peek(size), size);
      bits.skip(size);
    }
    int first = (short) last * quantization[0];
    int offset = component.offset() + 8 * (row * component.stride() + column);
    int end = coefficients(bits, transform);
    if (end == 1) {
      transform.flat(first, offset, component.stride());
    } else {
      transform.add(first, offset, component.stride());
    }
    return end <= BLOCK;
  }

  /** Reads all but the first, and returns how many there may be; too many if the bits are wrong. */
  private int coefficients(CodedBits bits, InverseDct transform) {
    int[] entries = ac.entries;
    int[] factors = quantization;
    int[] coefficients = transform.coefficients;
    int block = transform.count;
    int index = 1;
    int end = 1;
    long window = bits.window;
    int available = bits.available;
    while (index < BLOCK) {
      if (available < CodedBits.NEEDED) {
        bits.window = window;
        bits.available = available;
        bits.refill();
        window = bits.window;
        available = bits.available;
      }
      int entry = entries[(int) (window >>> (Long.SIZE - HuffmanTable.LOOKED_AT))];
      if (entry == 0) {
        entry = ac.longEntry((int) (window >>> (Long.SIZE - Short.SIZE)));
        if (entry == 0) {
          return BLOCK + 1;
        }
      }
      window <<= entry; // by the lowest bits, which say how far
      available -= entry & HuffmanTable.BITS;
      index += (entry >> HuffmanTable.RUN_AT) & 0x7F;
      int value = entry >> HuffmanTable.VALUE_AT;
      if ((entry & HuffmanTable.HAS_VALUE) == 0) {
        int size = (entry >> HuffmanTable.SYMBOL_AT) & 15;
        if (size == 0) {
          index++; // sixteen zeros
          continue;
        }
        value = HuffmanTable.extended((int) (window >>> (Long.SIZE - size)), size);
        window <<= size;
        available -= size;
      }
      if (index >= BLOCK) {
        if (value == 0) {
          break;
        }
        return BLOCK + 1;
      }
      coefficients[PLACES[index] + block] = value * factors[index];
      index++;
      end = index;
    }
    bits.window = window;
    bits.available = available;
    return end;
  }
}
