package io.unmask.keras.hdf5;

/** The 16-bit floats of IEEE 754: a sign, five bits of exponent, ten of mantissa. */
public final class Half {

  /** The greatest finite one. */
  public static final float MAX = 65504;

  private static final int SMALLEST_NORMAL_EXPONENT = -14;
  private static final int MANTISSA = 10;

  private static final int SIGN = 0x8000;
  private static final int LEAST_NORMAL = 0x400;
  private static final int INFINITE = 0x7c00;
  private static final float LEAST = 0x1p-24f;

  private Half() {}

  /**
   * The bits of the nearest one, of two that are as near the one whose last bit is 0.
   *
   * @param value at most {@link #MAX} in size
   */
  public static short bits(float value) {
    int sign = (Float.floatToRawIntBits(value) >>> 16) & SIGN;
    // Below the smallest normal number the steps stay as they are there. The double is exact, and
    // so is its scaling by a power of two: only rint rounds, to even.
    int exponent = Math.max(Math.getExponent(value), SMALLEST_NORMAL_EXPONENT);
    int steps = (int) Math.rint(Math.scalb((double) Math.abs(value), MANTISSA - exponent));
    // Steps of 2^10 and above carry into the exponent, which is just what they should do.
    int binades = exponent - SMALLEST_NORMAL_EXPONENT;
    return (short) (sign | ((binades << MANTISSA) + steps));
  }

  /** Widens the first {@code count} of them, exactly. */
  static void widen(short[] bits, float[] target, int count) {
    // One loop of simple steps: half of a start is spent before Java's compiler has inlined any.
    for (int i = 0; i < count; i++) {
      int magnitude = bits[i] & (SIGN - 1);
      int sign = (bits[i] & SIGN) << 16;
      if (magnitude >= INFINITE) {
        target[i] = Float.intBitsToFloat(sign | 0x7f800000 | (magnitude << 13));
      } else if (magnitude >= LEAST_NORMAL) {
        target[i] = Float.intBitsToFloat(sign | ((magnitude << 13) + (112 << 23)));
      } else {
        target[i] = Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * LEAST));
      }
    }
  }
}
