package io.unmask.training.augmentation;

import static io.unmask.training.augmentation.FloatImage.CHANNELS;

/**
 * Changes of an image by a fixed amount, with the semantics of {@code tf.image} on float images.
 *
 * <p>Nothing is clipped, as TensorFlow does not: the reference's training sees values outside [0,
 * 1].
 */
public final class Adjustments {

  private Adjustments() {}

  /** Mirrors the image, as {@code tf.image.flip_left_right}. */
  public static FloatImage flipLeftRight(FloatImage image) {
    float[] in = image.pixels();
    float[] out = new float[in.length];
    int row = image.width() * CHANNELS;
    for (int start = 0; start < in.length; start += row) {
      for (int x = 0; x < row; x += CHANNELS) {
        System.arraycopy(in, start + x, out, start + row - CHANNELS - x, CHANNELS);
      }
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  /** Adds {@code delta} to every component, as {@code tf.image.adjust_brightness}. */
  public static FloatImage brightness(FloatImage image, float delta) {
    float[] out = image.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += delta;
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  /**
   * Scales the distance of every component from its channel's mean, as {@code
   * tf.image.adjust_contrast}. The mean is summed in double precision; TensorFlow's is a sum of
   * floats.
   */
  public static FloatImage contrast(FloatImage image, float factor) {
    float[] out = image.pixels().clone();
    for (int channel = 0; channel < CHANNELS; channel++) {
      double sum = 0;
      for (int i = channel; i < out.length; i += CHANNELS) {
        sum += out[i];
      }
      float mean = (float) (sum / (image.height() * image.width()));
      for (int i = channel; i < out.length; i += CHANNELS) {
        out[i] = (out[i] - mean) * factor + mean;
      }
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  /** Scales the saturation in HSV space, as {@code tf.image.adjust_saturation}. */
  public static FloatImage saturation(FloatImage image, float factor) {
    float[] out = image.pixels().clone();
    for (int i = 0; i < out.length; i += CHANNELS) {
      Hsv.scaleSaturation(out, i, factor);
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  /**
   * Turns the hue, as {@code tf.image.adjust_hue}.
   *
   * @param delta in turns, in [-1, 1]
   */
  public static FloatImage hue(FloatImage image, float delta) {
    float[] out = image.pixels().clone();
    for (int i = 0; i < out.length; i += CHANNELS) {
      HueCircle.turn(out, i, delta);
    }
    return new FloatImage(image.height(), image.width(), out);
  }
}
