package io.unmask.training.augmentation;

/**
 * Hue, saturation and value, by the formulas, in 32-bit floats and in the order of operations, of
 * TensorFlow's kernel {@code AdjustSaturation} on the CPU.
 */
final class Hsv {

  private Hsv() {}

  /** Scales the saturation of the pixel whose red stands at an index. */
  static void scaleSaturation(float[] pixels, int index, float factor) {
    float r = pixels[index];
    float g = pixels[index + 1];
    float b = pixels[index + 2];
    float value = Math.max(r, Math.max(g, b));
    float range = value - Math.min(r, Math.min(g, b));
    float saturation = value > 0 ? range / value : 0;
    float hue = hue(r, g, b, value, range);
    saturation = Math.min(1f, Math.max(0f, saturation * factor));
    write(pixels, index, hue, saturation, value);
  }

  private static float hue(float r, float g, float b, float value, float range) {
    if (range <= 0) {
      return 0;
    }
    float norm = 1f / (6f * range);
    float hue;
    if (r == value) {
      hue = norm * (g - b);
    } else if (g == value) {
      hue = (float) (norm * (b - r) + 2.0 / 6.0);
    } else {
      hue = (float) (norm * (r - g) + 4.0 / 6.0);
    }
    return hue < 0 ? hue + 1 : hue;
  }

  private static void write(float[] pixels, int index, float hue, float saturation, float value) {
    float chroma = saturation * value;
    float m = value - chroma;
    float sextant = hue * 6;
    float modulo = sextant;
    while (modulo >= 2f) {
      modulo -= 2f;
    }
    float x = chroma * (1 - Math.abs(modulo - 1));
    switch ((int) sextant) {
      case 0 -> put(pixels, index, chroma + m, x + m, m);
      case 1 -> put(pixels, index, x + m, chroma + m, m);
      case 2 -> put(pixels, index, m, chroma + m, x + m);
      case 3 -> put(pixels, index, m, x + m, chroma + m);
      case 4 -> put(pixels, index, x + m, m, chroma + m);
      case 5 -> put(pixels, index, chroma + m, m, x + m);
      default -> put(pixels, index, m, m, m);
    }
  }

  private static void put(float[] pixels, int index, float r, float g, float b) {
    pixels[index] = r;
    pixels[index + 1] = g;
    pixels[index + 2] = b;
  }
}
