package io.unmask.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Changes to bytes of which nothing is known. */
public final class Bytes {

  /** Numbers at the ends of ranges, where arithmetic goes wrong. */
  private static final long[] ODD = {
    0,
    1,
    -1,
    2,
    3,
    7,
    8,
    16,
    255,
    256,
    0x7F,
    0x80,
    0x7FFF,
    0x8000,
    0xFFFF,
    0xFFDC,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    0x100000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 15,
    1L << 40,
    100_000_000
  };

  private Bytes() {}

  /** A number that code may not expect. */
  public static long odd(Random random) {
    long odd = ODD[random.nextInt(ODD.length)];
    return random.nextInt(4) == 0 ? odd + random.nextInt(17) - 8 : odd;
  }

  /** Bytes with a few changes somewhere between two positions. */
  public static byte[] mutated(byte[] bytes, int start, int end, Random random) {
    byte[] changed = bytes.clone();
    int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 16 : 3);
    for (int i = 0; i < count && end - start > 0 && changed.length >= end; i++) {
      changed = once(changed, start + random.nextInt(end - start), random);
    }
    return changed;
  }

  /** Bytes with a few changes anywhere. */
  public static byte[] mutated(byte[] bytes, Random random) {
    return mutated(bytes, 0, bytes.length, random);
  }

  private static byte[] once(byte[] bytes, int at, Random random) {
    switch (random.nextInt(12)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2, 3 -> bytes[at] = (byte) random.nextInt(256);
      case 4, 5 -> put(bytes, at, odd(random), 1 << random.nextInt(4), random.nextBoolean());
      case 6 -> {
        int length = 1 << random.nextInt(4);
        if (at + length <= bytes.length) {
          long number = get(bytes, at, length) + random.nextInt(33) - 16;
          put(bytes, at, number, length, false);
        }
      }
      case 7 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
      }
      case 8 -> {
        int length = Math.min(random.nextInt(64), bytes.length - at);
        Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
      }
      case 9 -> {
        return replaced(bytes, at, Math.min(random.nextInt(16), bytes.length - at), new byte[0]);
      }
      case 10 -> {
        int length = Math.min(random.nextInt(64), bytes.length - at);
        return replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      }
      default -> {
        if (random.nextInt(4) == 0) {
          return Arrays.copyOf(bytes, Math.max(1, at));
        }
      }
    }
    return bytes;
  }

  /** Bytes of which some are replaced by others. */
  public static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    byte[] changed = new byte[bytes.length - length + by.length];
    System.arraycopy(bytes, 0, changed, 0, at);
    System.arraycopy(by, 0, changed, at, by.length);
    System.arraycopy(bytes, at + length, changed, at + by.length, bytes.length - at - length);
    return changed;
  }

  /** Writes the low bytes of a number, as far as there is room. */
  public static void put(byte[] bytes, int at, long number, int length, boolean bigEndian) {
    for (int i = 0; i < length && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (number >>> (8 * (bigEndian ? length - 1 - i : i)));
    }
  }

  private static long get(byte[] bytes, int at, int length) {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.put(bytes, at, length);
    return number.getLong(0);
  }
}
