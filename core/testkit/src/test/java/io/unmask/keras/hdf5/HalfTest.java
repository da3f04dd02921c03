package io.unmask.keras.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of the 63,488 finite 16-bit floats, and what lies between them. */
public class HalfTest {

  /** The greatest finite one's bits. */
  private static final int LAST = 0x7bff;

  /** IEEE 754-2019, section 3.4: what the bits mean. */
  public static double value(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    double size =
        exponent == 0
            ? Math.scalb((double) mantissa, -24)
            : Math.scalb((double) (1024 + mantissa), exponent - 25);
    return (bits & 0x8000) == 0 ? size : -size;
  }

  @Test
  void everyOneStaysItself() {
    for (int bits = 0; bits <= LAST; bits++) {
      assertThat(Half.bits((float) value(bits))).isEqualTo((short) bits);
      assertThat(Half.bits((float) value(bits | 0x8000))).isEqualTo((short) (bits | 0x8000));
    }
    assertThat(value(LAST)).isEqualTo(Half.MAX);
  }

  @Test
  void everyOneIsWidenedExactly() {
    short[] all = new short[1 << 16];
    for (int bits = 0; bits < all.length; bits++) {
      all[bits] = (short) bits;
    }
    float[] floats = new float[all.length];
    Half.widen(all, floats, all.length - 1);
    for (int bits = 0; bits < all.length - 1; bits++) {
      int magnitude = bits & 0x7fff;
      float expected =
          magnitude <= LAST
              ? (float) value(bits)
              : magnitude > LAST + 1
                  ? Float.NaN
                  : Math.copySign(Float.POSITIVE_INFINITY, (short) bits);
      // Float.equals: zeros have signs, and NaN equals itself.
      assertThat((Float) floats[bits]).isEqualTo((Float) expected);
    }
    assertThat(floats[all.length - 1]).as("beyond the count").isZero();
  }

  @Test
  void whatLiesBetweenTwoGoesToTheNearerAndFromTheMiddleToTheEvenOne() {
    for (int bits = 0; bits < LAST; bits++) {
      float middle = (float) ((value(bits) + value(bits + 1)) / 2);
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(Half.bits(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Half.bits(middle)).isEqualTo((short) even);
      assertThat(Half.bits(-middle)).isEqualTo((short) (even | 0x8000));
      assertThat(Half.bits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  /** By NumPy 2.4: {@code hex(numpy.float16(x).view(numpy.uint16))}. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 2e66",
    "-0.33333334, b555",
    "3.14159274, 4248",
    "1e-7, 2",
    "2.9802322e-8, 0",
    "6e-5, 3ef",
    "-0.0, 8000",
    "65503.99, 7bff",
    "1.0009766, 3c01",
    "1.0004883, 3c00",
    "1.4e-45, 0"
  })
  void roundsAsNumPyDoes(float value, String bits) {
    assertThat(Half.bits(value)).isEqualTo((short) Integer.parseInt(bits, 16));
  }
}
