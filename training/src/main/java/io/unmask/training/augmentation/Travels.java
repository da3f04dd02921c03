package io.unmask.training.augmentation;

import static io.unmask.training.augmentation.FloatImage.CHANNELS;

import java.util.random.RandomGenerator;

/** What happens to photos between the camera, or the generator, and who looks at them. */
final class Travels {

  private static final Resampler[] FILTERS = Resampler.values();

  private Travels() {}

  /**
   * Resizes by a factor and leaves it at that, with a filter drawn at random.
   *
   * @param lower smallest factor, above 0
   * @param upper largest factor
   * @param side the image does not become smaller than a square of this side
   */
  static Operation resize(double lower, double upper, int side) {
    return (image, random) -> {
      int shorter = Math.min(image.height(), image.width());
      double factor =
          Math.max(logarithmic(random, lower, upper), Math.min(1, (double) side / shorter));
      return clipped(
          FILTERS[random.nextInt(FILTERS.length)].resize(
              image, scaled(image.height(), factor), scaled(image.width(), factor)));
    };
  }

  /**
   * Multiplies each channel by a factor near 1, as light and white balance do.
   *
   * @param deviation the standard deviation of the factor's logarithm
   */
  static Operation light(double deviation) {
    return (image, random) -> {
      float[] factors = new float[CHANNELS];
      for (int c = 0; c < CHANNELS; c++) {
        factors[c] = (float) Math.exp(random.nextGaussian() * deviation);
      }
      float[] out = image.pixels().clone();
      for (int i = 0; i < out.length; i++) {
        out[i] = clipped(out[i] * factors[i % CHANNELS]);
      }
      return new FloatImage(image.height(), image.width(), out);
    };
  }

  private static int scaled(int extent, double factor) {
    return (int) Math.max(1, Math.round(extent * factor));
  }

  private static FloatImage clipped(FloatImage image) {
    float[] out = image.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = clipped(out[i]);
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  private static float clipped(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private static double logarithmic(RandomGenerator random, double lower, double upper) {
    return lower * Math.pow(upper / lower, random.nextDouble());
  }
}
