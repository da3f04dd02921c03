package io.unmask.spi;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What images a model is for, by their size before they are resized, and how far what it says
 * holds. What it says of others may mean little. Immutable.
 *
 * @param images what they show, in words, such as {@code aligned head-and-shoulder crops}
 * @param minSide how many pixels the shorter side has at least, if that matters
 * @param maxSide how many pixels the longer side has at most, if that matters
 * @param aspect how wide an image is for its height, if that matters
 * @param minQuality how little a JPEG may be compressed at least, by libjpeg's numbers from 1 to
 *     100, if that matters; of others nothing is decided
 * @param scope what the model knows and what it does not, in one line
 */
public record Expectation(
    Optional<String> images,
    OptionalInt minSide,
    OptionalInt maxSide,
    Optional<Aspect> aspect,
    OptionalInt minQuality,
    Optional<String> scope) {

  /** All images are as good as others. */
  public static final Expectation NONE =
      new Expectation(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  /** Of images only: how far what the model says holds is not said. */
  public Expectation(
      Optional<String> images, OptionalInt minSide, OptionalInt maxSide, Optional<Aspect> aspect) {
    this(images, minSide, maxSide, aspect, OptionalInt.empty(), Optional.empty());
  }

  /** What holds for photos of which faces are judged, whose sizes are another matter. */
  public Expectation ofFaces() {
    return new Expectation(
        images, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), minQuality, scope);
  }

  /**
   * A closed interval of the width divided by the height.
   *
   * @param least above 0
   * @param greatest at least that, finite
   */
  public record Aspect(double least, double greatest) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is empty or has numbers that no image has
     */
    public Aspect {
      if (!(0 < least && least <= greatest && Double.isFinite(greatest))) {
        throw new IllegalArgumentException(
            "an aspect is two numbers above 0, the lower first, not " + least + "," + greatest);
      }
    }

    /** Whether an image of this size lies in the interval; its ends do. */
    public boolean contains(ImageSize size) {
      double ratio = (double) size.width() / size.height();
      return least <= ratio && ratio <= greatest;
    }
  }
}
