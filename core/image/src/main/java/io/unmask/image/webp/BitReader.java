package io.unmask.image.webp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads bits of lossless data, the lowest of each byte first (RFC 9649, section 3.2). Behind the
 * end it reads zeros, and {@link #check()} tells.
 */
final class BitReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** libwebp reads that many bits even of shorter data, the last of them zeros. */
  private static final long LEAST_BITS = 64;

  private final byte[] data;
  private final int start;
  private final int end;
  private int position;
  private long window;
  private int available;

  BitReader(CodedBytes coded) {
    this.data = coded.data();
    this.start = coded.start();
    this.position = coded.start();
    this.end = coded.end();
  }

  /** Makes at least 56 bits available. */
  void fill() {
    if (position <= end - Long.BYTES) {
      window |= (long) LONGS.get(data, position) << available;
      int bytes = (Long.SIZE - 1 - available) >> 3;
      position += bytes;
      available += bytes << 3;
    } else {
      while (available <= Long.SIZE - Byte.SIZE) {
        window |= (position < end ? data[position] & 0xFFL : 0) << available;
        position++;
        available += Byte.SIZE;
      }
    }
  }

  /** What comes next, of which as much is right as was made available. */
  int peek() {
    return (int) window;
  }

  /** Goes on by some of the available bits. */
  void skip(int count) {
    window >>>= count;
    available -= count;
  }

  /** Reads a number of up to 24 bits. */
  int read(int count) {
    if (available < count) {
      fill();
    }
    int number = (int) window & ((1 << count) - 1);
    skip(count);
    return number;
  }

  boolean flag() {
    return read(1) != 0;
  }

  /** Throws if more was read than there is. */
  void check() throws BitstreamException {
    long read = 8L * (position - start) - available;
    if (read > Math.max(LEAST_BITS, 8L * (end - start))) {
      throw BitstreamException.truncated("more lossless image data");
    }
  }
}
