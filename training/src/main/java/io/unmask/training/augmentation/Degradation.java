package io.unmask.training.augmentation;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that happens to images on their way, at a fixed strength, by which to tell how robust a
 * detector is.
 *
 * @param name what it is called, such as {@code JPEG 60}
 * @param change makes of an image what becomes of it; thread-safe
 */
public record Degradation(String name, UnaryOperator<FloatImage> change) {

  /** The images as they are, and then from mild to harsh. */
  public static final List<Degradation> STANDARD =
      List.of(
          new Degradation("none", UnaryOperator.identity()),
          new Degradation("mirrored", Adjustments::flipLeftRight),
          jpeg(95),
          jpeg(85),
          jpeg(75),
          jpeg(60),
          blur(0.3f),
          blur(0.6f),
          blur(1f),
          rescaled(1.25f),
          rescaled(0.875f),
          rescaled(0.75f),
          rescaled(0.625f));

  private static Degradation jpeg(int quality) {
    return new Degradation("JPEG " + quality, image -> Degradations.jpeg(image, quality));
  }

  private static Degradation blur(float deviation) {
    return new Degradation("blur " + deviation, image -> Degradations.blur(image, deviation));
  }

  private static Degradation rescaled(float factor) {
    return new Degradation("rescaled " + factor, image -> Degradations.rescaled(image, factor));
  }
}
