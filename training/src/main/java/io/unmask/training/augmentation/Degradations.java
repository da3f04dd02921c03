package io.unmask.training.augmentation;

import static io.unmask.training.augmentation.FloatImage.CHANNELS;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * What happens to images on their way through the world, by a fixed amount: compression, blur, and
 * being shrunk and enlarged again. Pixels are in [0, 1].
 */
public final class Degradations {

  private static final int LEVELS = 255;

  private Degradations() {}

  /** Resizes by a factor, and back to the size that the image had. */
  static FloatImage rescaled(FloatImage image, float factor) {
    int height = Math.max(1, Math.round(image.height() * factor));
    int width = Math.max(1, Math.round(image.width() * factor));
    return resize(resize(image, height, width), image.height(), image.width());
  }

  /**
   * Saves the image as a JPEG and reads it again. Pixels are brought into [0, 1] and rounded to 256
   * levels for that.
   *
   * @param quality from 1 to 100, in the scale of the Independent JPEG Group's library
   * @throws IllegalArgumentException if it is out of range
   */
  public static FloatImage jpeg(FloatImage image, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality: " + quality + ", expected 1 to 100");
    }
    try {
      return floats(ImageIO.read(new ByteArrayInputStream(encoded(levels(image), quality))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Blurs with a Gaussian that is cut off at three standard deviations. At the border the outermost
   * pixels are repeated.
   *
   * @param sigma the standard deviation in pixels, above 0
   * @throws IllegalArgumentException if it is not
   */
  public static FloatImage blur(FloatImage image, double sigma) {
    if (!(sigma > 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException("sigma: " + sigma + ", expected above 0");
    }
    int radius = (int) Math.ceil(3 * sigma);
    float[] kernel = new float[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += Math.exp(-i * i / (2 * sigma * sigma));
    }
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = (float) (Math.exp(-i * i / (2 * sigma * sigma)) / sum);
    }
    return convolved(convolved(image, kernel, 0, 1), kernel, 1, 0);
  }

  /**
   * Resizes bilinearly, with half-pixel centres and, when it shrinks, without averaging: as {@code
   * tf.image.resize} does by default, and with it the reference's preprocessing.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @throws IllegalArgumentException if one is less
   */
  public static FloatImage resize(FloatImage image, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("a size of " + height + " x " + width);
    }
    float[] in = image.pixels();
    float[] out = new float[height * width * CHANNELS];
    for (int y = 0; y < height; y++) {
      float rowAt = Math.max(0, (y + 0.5f) * image.height() / height - 0.5f);
      int top = Math.min((int) rowAt, image.height() - 1);
      int bottom = Math.min(top + 1, image.height() - 1);
      for (int x = 0; x < width; x++) {
        float columnAt = Math.max(0, (x + 0.5f) * image.width() / width - 0.5f);
        int left = Math.min((int) columnAt, image.width() - 1);
        int right = Math.min(left + 1, image.width() - 1);
        for (int c = 0; c < CHANNELS; c++) {
          float above =
              between(
                  in[(top * image.width() + left) * CHANNELS + c],
                  in[(top * image.width() + right) * CHANNELS + c],
                  columnAt - left);
          float below =
              between(
                  in[(bottom * image.width() + left) * CHANNELS + c],
                  in[(bottom * image.width() + right) * CHANNELS + c],
                  columnAt - left);
          out[(y * width + x) * CHANNELS + c] = between(above, below, rowAt - top);
        }
      }
    }
    return new FloatImage(height, width, out);
  }

  private static float between(float from, float to, float share) {
    return from + (to - from) * share;
  }

  private static FloatImage convolved(FloatImage image, float[] kernel, int down, int right) {
    int radius = kernel.length / 2;
    float[] in = image.pixels();
    float[] out = new float[in.length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int i = -radius; i <= radius; i++) {
          int fromY = Math.max(0, Math.min(image.height() - 1, y + i * down));
          int fromX = Math.max(0, Math.min(image.width() - 1, x + i * right));
          for (int c = 0; c < CHANNELS; c++) {
            out[(y * image.width() + x) * CHANNELS + c] +=
                kernel[i + radius] * in[(fromY * image.width() + fromX) * CHANNELS + c];
          }
        }
      }
    }
    return new FloatImage(image.height(), image.width(), out);
  }

  private static BufferedImage levels(FloatImage image) {
    BufferedImage levels =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    float[] pixels = image.pixels();
    for (int i = 0; i < image.width() * image.height(); i++) {
      int rgb = 0;
      for (int c = 0; c < CHANNELS; c++) {
        int level = Math.round(pixels[i * CHANNELS + c] * LEVELS);
        rgb = (rgb << 8) | Math.max(0, Math.min(LEVELS, level));
      }
      levels.setRGB(i % image.width(), i / image.width(), rgb);
    }
    return levels;
  }

  private static FloatImage floats(BufferedImage levels) {
    int height = levels.getHeight();
    int width = levels.getWidth();
    int[] rgb = levels.getRGB(0, 0, width, height, null, 0, width);
    float[] pixels = new float[rgb.length * CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      pixels[i * CHANNELS] = ((rgb[i] >> 16) & LEVELS) / (float) LEVELS;
      pixels[i * CHANNELS + 1] = ((rgb[i] >> 8) & LEVELS) / (float) LEVELS;
      pixels[i * CHANNELS + 2] = (rgb[i] & LEVELS) / (float) LEVELS;
    }
    return new FloatImage(height, width, pixels);
  }

  private static byte[] encoded(BufferedImage image, int quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality / 100f);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
