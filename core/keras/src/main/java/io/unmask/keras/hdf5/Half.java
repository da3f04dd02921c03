package io.unmask.keras.hdf5;

/** The 16-bit floats of IEEE 754: a sign, five bits of exponent, ten of mantissa. */
public final class Half {

  /** The greatest finite one. */
  public static final float MAX = 65504;

  private static final int SMALLEST_NORMAL_EXPONENT = -14;
  private static final int MANTISSA = 10;

  private Half() {}

  /**
   * The bits of the nearest one, of two that are as near the one whose last bit is 0.
   *
   * @param value at most {@link #MAX} in size
   */
  public static short bits(float value) {
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    // Below the smallest normal number the steps stay as they are there. The double is exact, and
    // so is its scaling by a power of two: only rint rounds, to even.
    int exponent = Math.max(Math.getExponent(value), SMALLEST_NORMAL_EXPONENT);
    int steps = (int) Math.rint(Math.scalb((double) Math.abs(value), MANTISSA - exponent));
    // Steps of 2^10 and above carry into the exponent, which is just what they should do.
    int binades = exponent - SMALLEST_NORMAL_EXPONENT;
    return (short) (sign | ((binades << MANTISSA) + steps));
  }
}
