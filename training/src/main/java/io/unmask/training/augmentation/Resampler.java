package io.unmask.training.augmentation;

import static io.unmask.training.augmentation.FloatImage.CHANNELS;

import java.util.function.DoubleUnaryOperator;

/**
 * The filters by which programs resize images, each of which leaves another trace. When an image is
 * shrunk, the filter widens with the pixels, so that all of them count.
 *
 * <p>Formulas: Turkowski, "Filters for common resampling tasks" (1990); Keys, "Cubic convolution
 * interpolation" (1981), with a = -1/2.
 */
enum Resampler {
  /** The mean of what a pixel covers. */
  BOX(0.5, x -> x >= -0.5 && x < 0.5 ? 1 : 0),

  /** Linear between neighbours. */
  TRIANGLE(1, x -> Math.max(0, 1 - Math.abs(x))),

  /** Keys's cubic. */
  CUBIC(2, Resampler::cubic),

  /** A sinc with three lobes. */
  LANCZOS(3, x -> Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0);

  private final double radius;

  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  private final DoubleUnaryOperator kernel;

  Resampler(double radius, DoubleUnaryOperator kernel) {
    this.radius = radius;
    this.kernel = kernel;
  }

  /**
   * Resizes an image. Cubic and Lanczos may leave the range of its pixels.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   */
  FloatImage resize(FloatImage image, int height, int width) {
    return rows(columns(image, width), height);
  }

  /** The weights of the pixels that one pixel of the result is made of. */
  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  private record Window(int first, float[] weights) {}

  private Window[] windows(int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    Window[] windows = new Window[to];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int first = Math.max(0, (int) Math.floor(centre - radius * stretch));
      int end = Math.min(from, (int) Math.ceil(centre + radius * stretch));
      double[] exact = new double[end - first];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = kernel.applyAsDouble((first + k + 0.5 - centre) / stretch);
        sum += exact[k];
      }
      float[] weights = new float[exact.length];
      for (int k = 0; k < exact.length; k++) {
        weights[k] = (float) (exact[k] / sum);
      }
      windows[i] = new Window(first, weights);
    }
    return windows;
  }

  private FloatImage columns(FloatImage image, int width) {
    if (width == image.width()) {
      return image;
    }
    Window[] windows = windows(image.width(), width);
    float[] in = image.pixels();
    float[] out = new float[image.height() * width * CHANNELS];
    int to = 0;
    for (int y = 0; y < image.height(); y++) {
      for (Window window : windows) {
        int at = (y * image.width() + window.first()) * CHANNELS;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (float weight : window.weights()) {
          red += weight * in[at++];
          green += weight * in[at++];
          blue += weight * in[at++];
        }
        out[to++] = red;
        out[to++] = green;
        out[to++] = blue;
      }
    }
    return new FloatImage(image.height(), width, out);
  }

  private FloatImage rows(FloatImage image, int height) {
    if (height == image.height()) {
      return image;
    }
    Window[] windows = windows(image.height(), height);
    int row = image.width() * CHANNELS;
    float[] in = image.pixels();
    float[] out = new float[height * row];
    for (int y = 0; y < height; y++) {
      int at = windows[y].first() * row;
      for (float weight : windows[y].weights()) {
        for (int x = 0; x < row; x++) {
          out[y * row + x] += weight * in[at + x];
        }
        at += row;
      }
    }
    return new FloatImage(height, image.width(), out);
  }

  private static double cubic(double at) {
    double x = Math.abs(at);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
