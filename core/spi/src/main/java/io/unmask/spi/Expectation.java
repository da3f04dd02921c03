package io.unmask.spi;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Describes the images that a model is for, by their size before they are resized, and the scope of
 * its results. Its results for other images may mean little. Immutable.
 *
 * @param images what the images show, in words, such as {@code aligned head-and-shoulder crops}
 * @param minSide the minimum of the shorter side in pixels, if that matters
 * @param maxSide the maximum of the longer side in pixels, if that matters
 * @param aspect the width of an image divided by its height, if that matters
 * @param minQuality the minimum quality of a JPEG, by libjpeg's numbers from 1 to 100, if that
 *     matters; images below it are left undecided
 * @param scope what the model knows and what it does not, in one line
 */
public record Expectation(
    Optional<String> images,
    OptionalInt minSide,
    OptionalInt maxSide,
    Optional<Aspect> aspect,
    OptionalInt minQuality,
    Optional<String> scope) {

  /** Expects nothing: the model is for all images. */
  public static final Expectation NONE =
      new Expectation(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  /** Describes only the images, without a minimum quality or a scope. */
  public Expectation(
      Optional<String> images, OptionalInt minSide, OptionalInt maxSide, Optional<Aspect> aspect) {
    this(images, minSide, maxSide, aspect, OptionalInt.empty(), Optional.empty());
  }

  /**
   * Returns the expectation for photos whose faces are judged: without the sizes, which do not
   * matter then.
   */
  public Expectation ofFaces() {
    return new Expectation(
        images, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), minQuality, scope);
  }

  /** Returns the same expectation with another scope, or none. */
  public Expectation withScope(Optional<String> scope) {
    return new Expectation(images, minSide, maxSide, aspect, minQuality, scope);
  }

  /**
   * A closed interval of the width divided by the height.
   *
   * @param least the smallest ratio, above 0
   * @param greatest the largest ratio, at least {@code least}, finite
   */
  public record Aspect(double least, double greatest) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the interval is empty or has numbers that no image can
     *     have
     */
    public Aspect {
      if (!(0 < least && least <= greatest && Double.isFinite(greatest))) {
        throw new IllegalArgumentException(
            "an aspect is two numbers above 0, the lower first, not " + least + "," + greatest);
      }
    }

    /** Whether an image of this size lies in the interval; the ends are included. */
    public boolean contains(ImageSize size) {
      double ratio = (double) size.width() / size.height();
      return least <= ratio && ratio <= greatest;
    }
  }
}
