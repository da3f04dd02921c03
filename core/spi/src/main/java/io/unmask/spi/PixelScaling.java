package io.unmask.spi;

import io.unmask.spi.InputFormat.ChannelOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scaling given by its numbers. A level {@code v} from 0 to 255 becomes {@code (v / divisor +
 * offset) / deviation}, computed in 32-bit floating point in that order. Immutable.
 *
 * @param divisor finite and not 0
 * @param offsets one for all channels, or one for each in the order in which the network reads
 *     them; finite
 * @param deviations one for all channels, or one for each; finite and not 0
 */
public record PixelScaling(float divisor, List<Float> offsets, List<Float> deviations)
    implements Scaling {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public PixelScaling {
    offsets = alike(offsets);
    deviations = alike(deviations);
    if (!Float.isFinite(divisor)
        || divisor == 0
        || !offsets.stream().allMatch(Float::isFinite)
        || !deviations.stream().allMatch(value -> Float.isFinite(value) && value != 0)) {
      throw new IllegalArgumentException(
          "scaling must be finite, with divisors that are not 0: /%s +%s /%s"
              .formatted(divisor, offsets, deviations));
    }
  }

  /** Returns {@code v / divisor + offset}, the same for all channels. */
  public static PixelScaling of(float divisor, float offset) {
    return new PixelScaling(divisor, List.of(offset), List.of(1f));
  }

  /** {@code v / divisor + offset} with offsets for red, green and blue. */
  static PixelScaling ofRgb(float divisor, float[] offsets, ChannelOrder order) {
    return new PixelScaling(divisor, inOrder(offsets, order), List.of(1f));
  }

  /** The same, then divided by deviations for red, green and blue. */
  PixelScaling dividedBy(float[] by, ChannelOrder order) {
    return new PixelScaling(divisor, offsets, inOrder(by, order));
  }

  private static List<Float> inOrder(float[] rgb, ChannelOrder order) {
    List<Float> values = new ArrayList<>(List.of(rgb[0], rgb[1], rgb[2]));
    if (order == ChannelOrder.GREY) {
      throw new IllegalArgumentException(
          "this scaling has a number for each of three channels, and the network reads grey"
              + " images");
    }
    if (order == ChannelOrder.BGR) {
      Collections.reverse(values);
    }
    return values;
  }

  /** One number where all are the same, so that what computes the same is equal. */
  private static List<Float> alike(List<Float> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("scaling has no number for a channel");
    }
    return values.stream().distinct().count() == 1 ? List.of(values.get(0)) : List.copyOf(values);
  }

  @Override
  public PixelScaling of(ChannelOrder order) {
    for (List<Float> values : List.of(offsets, deviations)) {
      if (values.size() != 1 && values.size() != order.channels()) {
        throw new IllegalArgumentException(
            "scaling has %d numbers for %d channel(s)".formatted(values.size(), order.channels()));
      }
    }
    return this;
  }

  /** The offset of a channel, counted from 0. */
  public float offset(int channel) {
    return offsets.get(offsets.size() == 1 ? 0 : channel);
  }

  /** The deviation of a channel, counted from 0. */
  public float deviation(int channel) {
    return deviations.get(deviations.size() == 1 ? 0 : channel);
  }

  /** Returns the number that a level becomes. */
  public float apply(float level, int channel) {
    return (level / divisor + offset(channel)) / deviation(channel);
  }

  // Written out, for what Java makes of a record at run time costs milliseconds of each start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PixelScaling that
        && Float.compare(divisor, that.divisor) == 0
        && offsets.equals(that.offsets)
        && deviations.equals(that.deviations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(divisor, offsets, deviations);
  }

  /** As a formula, such as {@code v / 127.5 - 1}. */
  @Override
  public String toString() {
    String formula = divisor == 1 ? "v" : "v / " + number(divisor);
    if (!offsets.equals(List.of(0f))) {
      boolean negative = offsets.stream().allMatch(value -> value < 0);
      formula += (negative ? " - " : " + ") + numbers(offsets, negative ? -1 : 1);
    }
    return deviations.equals(List.of(1f))
        ? formula
        : "(%s) / %s".formatted(formula, numbers(deviations, 1));
  }

  private static String numbers(List<Float> values, int sign) {
    return values.size() == 1
        ? number(sign * values.get(0))
        : values.stream()
            .map(value -> number(sign * value))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String number(float value) {
    String text = Float.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
