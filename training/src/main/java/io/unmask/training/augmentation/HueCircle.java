package io.unmask.training.augmentation;

/**
 * Hue as a place on a circle of six parts, by the formulas, in 32-bit floats and in the order of
 * operations, of TensorFlow's kernel {@code AdjustHue} on the CPU. The largest and the smallest
 * component stay what they are.
 */
final class HueCircle {

  private static final int PARTS = 6;

  private HueCircle() {}

  /** Turns the hue of the pixel whose red stands at an index by a share of the circle. */
  static void turn(float[] pixels, int index, float delta) {
    float r = pixels[index];
    float g = pixels[index + 1];
    float b = pixels[index + 2];
    float max = Math.max(r, Math.max(g, b));
    float min = Math.min(r, Math.min(g, b));
    float hue = max == min ? 0 : hue(r, g, b, min, max);
    hue += delta * PARTS;
    while (hue < 0) {
      hue += PARTS;
    }
    while (hue >= PARTS) {
      hue -= PARTS;
    }
    write(pixels, index, hue, min, max);
  }

  private static float hue(float r, float g, float b, float min, float max) {
    int part;
    float middle;
    if (r < g) {
      part = b < r ? 1 : b > g ? 3 : 2;
      middle = part == 1 ? r : part == 3 ? g : b;
    } else {
      part = b < g ? 0 : b > r ? 4 : 5;
      middle = part == 0 ? g : part == 4 ? r : b;
    }
    float ratio = (middle - min) / (max - min);
    return part + (part % 2 == 0 ? ratio : 1 - ratio);
  }

  private static void write(float[] pixels, int index, float hue, float min, float max) {
    int part = (int) hue;
    float ratio = hue - part;
    float middle = min + (part % 2 == 0 ? ratio : 1 - ratio) * (max - min);
    switch (part) {
      case 0 -> put(pixels, index, max, middle, min);
      case 1 -> put(pixels, index, middle, max, min);
      case 2 -> put(pixels, index, min, max, middle);
      case 3 -> put(pixels, index, min, middle, max);
      case 4 -> put(pixels, index, middle, min, max);
      default -> put(pixels, index, max, min, middle);
    }
  }

  private static void put(float[] pixels, int index, float r, float g, float b) {
    pixels[index] = r;
    pixels[index + 1] = g;
    pixels[index + 2] = b;
  }
}
