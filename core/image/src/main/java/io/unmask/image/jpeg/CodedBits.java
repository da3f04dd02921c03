package io.unmask.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits between two markers of a JPEG, the highest of each byte first. A zero byte behind 0xFF
 * does not count (ITU-T T.81, section F.1.2.3). Behind the end there are zeros, and {@link
 * #endsAt(int)} tells whether they were needed.
 */
final class CodedBits {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;

  /** A code has at most 16 bits, and the value behind it 15. */
  static final int NEEDED = 32;

  private static final int MARKER = 0xFF;

  private final byte[] data;
  private int position;

  // A loop over coefficients keeps these two in variables of its own.
  long window; // the next bits, from the highest on
  int available;

  private int padding; // how many of the available ones lie behind the end

  CodedBits(byte[] data, int position) {
    this.data = data;
    this.position = position;
  }

  /** Adds as many bits as there is room for; at least a code and its value are there then. */
  void refill() {
    if (position <= data.length - Long.BYTES) {
      long next = (long) LONGS.get(data, position);
      if (((~next - LOWEST_BITS) & next & HIGHEST_BITS) == 0) { // no byte is 0xFF
        window |= next >>> available;
        int bytes = (Long.SIZE - 1 - available) >> 3;
        position += bytes;
        available += bytes << 3;
        return;
      }
    }
    refillByBytes();
  }

  private void refillByBytes() {
    while (available <= Long.SIZE - Byte.SIZE) {
      int next = 0;
      if (padding > 0 || position >= data.length || isMarker()) {
        padding += Byte.SIZE;
      } else {
        next = data[position] & 0xFF;
        position += next == MARKER ? 2 : 1;
      }
      window |= (long) next << (Long.SIZE - Byte.SIZE - available);
      available += Byte.SIZE;
    }
  }

  private boolean isMarker() {
    return (data[position] & 0xFF) == MARKER
        && (position + 1 >= data.length || data[position + 1] != 0);
  }

  /** The next bits, which stay; 1 to 32 of them. */
  int peek(int bits) {
    return (int) (window >>> (Long.SIZE - bits));
  }

  /** Passes over bits. */
  void skip(int bits) {
    window <<= bits;
    available -= bits;
  }

  /**
   * Whether less than a byte is left, no more was taken than there was, and a marker comes next.
   */
  boolean endsAt(int marker) {
    int left = available - padding;
    return left >= 0
        && left < Byte.SIZE
        && position + 1 < data.length
        && (data[position] & 0xFF) == MARKER
        && (data[position + 1] & 0xFF) == marker;
  }

  /** Whether more was taken than there was. */
  boolean areExhausted() {
    return available < padding;
  }

  /** Goes on behind the marker. */
  void passMarker() {
    position += 2;
    window = 0;
    available = 0;
    padding = 0;
  }
}
