package io.unmask;

import io.unmask.Classification.Warning;
import io.unmask.spi.InputFormat;
import java.util.Optional;

/**
 * Looks at floats that a program prepared itself, of which nobody knows whether they are what the
 * network reads.
 */
final class PreparedFloats {

  /** Bicubic and Lanczos resizing overshoot, by at most about a sixth of the range. */
  private static final double OVERSHOOT = 0.2;

  /** A range that is as wide as this is that of bytes, not of numbers around 1. */
  private static final double WIDE = 50;

  private PreparedFloats() {}

  /**
   * Checks that they are numbers: a network makes some probability of anything else.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  static void requireFinite(float[] image) {
    for (int i = 0; i < image.length; i++) {
      if (!Float.isFinite(image[i])) {
        throw new IllegalArgumentException(
            "the network reads finite numbers, but the float at index " + i + " is " + image[i]);
      }
    }
  }

  /** What there is to say if they seem to be scaled otherwise than the network's. */
  static Optional<Warning> otherRange(float[] image, InputFormat input) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int channel = 0; channel < input.channels(); channel++) {
      double black = input.scaling().apply(0, channel);
      double white = input.scaling().apply(255, channel);
      low = Math.min(low, Math.min(black, white));
      high = Math.max(high, Math.max(black, white));
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float value : image) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    double margin = OVERSHOOT * (high - low);
    boolean beyond = least < low - margin || greatest > high + margin;
    boolean tiny = high - low >= WIDE && Math.abs(least) <= 1 && Math.abs(greatest) <= 1;
    boolean onlyUpper = low < -margin && high > margin && least >= 0; // [0, 1] for [-1, 1]
    return beyond || tiny || onlyUpper
        ? Optional.of(new Warning(Warning.Kind.OTHER_RANGE, text(least, greatest, low, high)))
        : Optional.empty();
  }

  private static String text(double least, double greatest, double low, double high) {
    return "the floats lie from %s to %s, but the network reads pixels from %s to %s, so that the"
            .formatted((float) least, (float) greatest, (float) low, (float) high)
        + " probability may mean little; scale them as DetectorInfo.input says";
  }
}
