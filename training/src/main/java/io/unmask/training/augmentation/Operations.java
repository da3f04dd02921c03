package io.unmask.training.augmentation;

import static io.unmask.training.augmentation.FloatImage.CHANNELS;

import java.util.random.RandomGenerator;

/** The operations that augmentations consist of. */
public final class Operations {

  private Operations() {}

  /** Mirrors every other image, as {@code tf.image.random_flip_left_right}. */
  public static Operation flipLeftRight() {
    return (image, random) -> random.nextFloat() < 0.5f ? Adjustments.flipLeftRight(image) : image;
  }

  /**
   * Adds an amount in [-maxDelta, maxDelta), as {@code tf.image.random_brightness}.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static Operation brightness(float maxDelta) {
    checkDelta(maxDelta, Float.MAX_VALUE);
    return (image, random) -> Adjustments.brightness(image, between(random, -maxDelta, maxDelta));
  }

  /**
   * Scales the contrast by a factor in [lower, upper), as {@code tf.image.random_contrast}.
   *
   * @throws IllegalArgumentException if the range is negative or empty
   */
  public static Operation contrast(float lower, float upper) {
    checkRange(lower, upper);
    return (image, random) -> Adjustments.contrast(image, between(random, lower, upper));
  }

  /**
   * Scales the saturation by a factor in [lower, upper), as {@code tf.image.random_saturation}.
   *
   * @throws IllegalArgumentException if the range is negative or empty
   */
  public static Operation saturation(float lower, float upper) {
    checkRange(lower, upper);
    return (image, random) -> Adjustments.saturation(image, between(random, lower, upper));
  }

  /**
   * Turns the hue by an amount in [-maxDelta, maxDelta), in turns, as {@code tf.image.random_hue}.
   *
   * @throws IllegalArgumentException if it is not in [0, 0.5]
   */
  public static Operation hue(float maxDelta) {
    checkDelta(maxDelta, 0.5f);
    return (image, random) -> Adjustments.hue(image, between(random, -maxDelta, maxDelta));
  }

  /**
   * Cuts out a part of a fixed size, as {@code tf.image.random_crop}.
   *
   * @param height rows of the part, at least 1
   * @param width columns of the part, at least 1
   * @throws IllegalArgumentException there if a size is less, and when applied if an image is
   *     smaller
   */
  public static Operation crop(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("crop of " + height + " x " + width);
    }
    return (image, random) -> {
      if (image.height() < height || image.width() < width) {
        throw new IllegalArgumentException(
            "a crop of %d x %d from an image of %d x %d"
                .formatted(height, width, image.height(), image.width()));
      }
      int top = random.nextInt(image.height() - height + 1);
      int left = random.nextInt(image.width() - width + 1);
      float[] out = new float[height * width * CHANNELS];
      for (int y = 0; y < height; y++) {
        int from = ((top + y) * image.width() + left) * CHANNELS;
        System.arraycopy(image.pixels(), from, out, y * width * CHANNELS, width * CHANNELS);
      }
      return new FloatImage(height, width, out);
    };
  }

  /**
   * Saves the image as a JPEG and reads it again.
   *
   * @param lowest quality, at least 1
   * @param highest quality, at most 100
   * @throws IllegalArgumentException if that is no range
   */
  public static Operation jpeg(int lowest, int highest) {
    if (lowest < 1 || lowest > highest || highest > 100) {
      throw new IllegalArgumentException(
          "qualities from " + lowest + " to " + highest + ", expected 1 to 100");
    }
    return (image, random) -> Degradations.jpeg(image, random.nextInt(lowest, highest + 1));
  }

  /**
   * Blurs with a Gaussian.
   *
   * @param lower smallest standard deviation in pixels, above 0
   * @param upper largest one, exclusive
   * @throws IllegalArgumentException if that is no range
   */
  public static Operation blur(float lower, float upper) {
    checkRange(lower, upper);
    checkPositive(lower);
    return (image, random) -> Degradations.blur(image, between(random, lower, upper));
  }

  /**
   * Resizes by a factor and back to the size that the image had, so that detail is lost.
   *
   * @param lower smallest factor, above 0
   * @param upper largest factor, exclusive
   * @throws IllegalArgumentException if that is no range
   */
  public static Operation rescale(float lower, float upper) {
    checkRange(lower, upper);
    checkPositive(lower);
    return (image, random) -> Degradations.rescaled(image, between(random, lower, upper));
  }

  /**
   * Applies an operation to a share of the images only.
   *
   * @param probability that it is applied, in [0, 1]
   * @throws IllegalArgumentException if that is out of range
   */
  public static Operation sometimes(double probability, Operation operation) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + " is not in [0, 1]");
    }
    return (image, random) ->
        random.nextDouble() < probability ? operation.apply(image, random) : image;
  }

  static float between(RandomGenerator random, float lower, float upper) {
    return random.nextFloat() * (upper - lower) + lower;
  }

  private static void checkDelta(float maxDelta, float limit) {
    if (!(maxDelta >= 0 && maxDelta <= limit)) {
      throw new IllegalArgumentException("maxDelta: " + maxDelta + " is out of range");
    }
  }

  private static void checkPositive(float lower) {
    if (!(lower > 0)) {
      throw new IllegalArgumentException(lower + " is not above 0");
    }
  }

  private static void checkRange(float lower, float upper) {
    if (!(lower >= 0 && lower < upper && Float.isFinite(upper))) {
      throw new IllegalArgumentException("from " + lower + " to " + upper + " is no range");
    }
  }
}
