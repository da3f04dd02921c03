package io.unmask.image.webp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The arithmetic decoder of VP8 (RFC 6386, section 7), which takes less than a bit for a likely
 * value.
 *
 * <p>Up to seven bytes are taken at a time, as in libwebp (bit_reader_inl_utils.h).
 */
final class BooleanDecoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int EVEN = 128;

  private final byte[] data;
  private final int end;
  private int position;
  private long value;
  private int bits = -Byte.SIZE; // how many bits of the value lie below the eight looked at
  private int last = 254; // the range less one, 127..254
  private boolean exhausted;

  BooleanDecoder(CodedBytes coded) {
    this.data = coded.data();
    this.position = coded.start();
    this.end = coded.end();
    load();
  }

  /** Whether bits behind the end were asked for. */
  boolean exhausted() {
    return exhausted;
  }

  /**
   * Reads a bit.
   *
   * @param probability that it is 0, in 256ths
   */
  int bit(int probability) {
    if (bits < 0) {
      load();
    }
    int split = (last * probability) >>> 8;
    int range;
    int bit;
    if ((int) (value >>> bits) > split) {
      range = last - split;
      value -= (long) (split + 1) << bits;
      bit = 1;
    } else {
      range = split + 1;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    bits -= shift;
    last = (range << shift) - 1;
    return bit;
  }

  /** Reads a bit that is 0 or 1 alike. */
  boolean flag() {
    return bit(EVEN) != 0;
  }

  /** Reads a number without sign. */
  int number(int width) {
    int number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 1 | bit(EVEN);
    }
    return number;
  }

  /** Reads a number and behind it its sign. */
  int signed(int width) {
    int number = number(width);
    return flag() ? -number : number;
  }

  /** Reads a flag and, if it is set, a number with its sign; else it is 0. */
  int optional(int width) {
    return flag() ? signed(width) : 0;
  }

  private void load() {
    if (position + Long.BYTES <= end) {
      value = value << 56 | (long) LONGS.get(data, position) >>> 8;
      position += 7;
      bits += 56;
    } else if (position < end) {
      value = value << 8 | (data[position++] & 0xFF);
      bits += 8;
    } else {
      value <<= 8; // as if zeros followed
      bits += 8;
      exhausted = true;
    }
  }
}
