package io.unmask.benchmarks;

import io.unmask.network.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images that differ enough for a network to tell them apart, the same in every run. */
final class Images {

  private static final long SEED = 20_261_122;

  /** How many waves a picture has, each twice as fine as the one before. */
  private static final int WAVES = 9;

  /** Of the largest wave, in 0..255. */
  private static final double HEIGHT = 100;

  /** Of the noise, in 0..255. */
  private static final double DEVIATION = 4;

  private Images() {}

  /**
   * Some images of the given shape, {@code [height, width, channel]}: a gradient of random colours
   * under noise, with values in [0, 1].
   *
   * @return direct buffers in native byte order, which both engines take fastest
   */
  static FloatBuffer[] random(int count, Shape shape) {
    FloatBuffer[] images = new FloatBuffer[count];
    for (int i = 0; i < count; i++) {
      images[i] = random(new Random(SEED + i), shape);
    }
    return images;
  }

  /** As many batches as images, each of which starts with another image. */
  static FloatBuffer[] batches(FloatBuffer[] images, int size) {
    FloatBuffer[] batches = new FloatBuffer[images.length];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = direct(size * images[0].capacity());
      for (int i = 0; i < size; i++) {
        batches[b].put(images[(b + i) % images.length].duplicate());
      }
      batches[b].flip();
    }
    return batches;
  }

  /** Room for some floats, as {@link #random} has them. */
  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * A picture with large waves of colour, finer ones and the noise of a camera, so that its file
   * has about as many bytes a pixel as a photograph's.
   *
   * @param number another number gives another picture
   */
  static BufferedImage picture(int number, int width, int height) {
    Random random = new Random(SEED + number);
    double[][] columns = new double[2 * WAVES][];
    double[][] rows = new double[2 * WAVES][];
    for (int i = 0; i < WAVES; i++) {
      // sin(x + y) = sin x cos y + cos x sin y
      double start = random.nextDouble() * 2 * Math.PI;
      double across = random.nextGaussian() * (1 << i) / width;
      double down = random.nextGaussian() * (1 << i) / height;
      columns[2 * i] = wave(width, across, start);
      columns[2 * i + 1] = wave(width, across, start + Math.PI / 2);
      rows[2 * i] = wave(height, down, Math.PI / 2);
      rows[2 * i + 1] = wave(height, down, 0);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double noise = 128 + random.nextGaussian() * DEVIATION;
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          double value = noise;
          for (int i = channel; i < WAVES; i += 3) {
            double sine = columns[2 * i][x] * rows[2 * i][y];
            double cosine = columns[2 * i + 1][x] * rows[2 * i + 1][y];
            value += (sine + cosine) * HEIGHT / (1 + i);
          }
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, value));
        }
        row[x] = rgb;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static double[] wave(int length, double step, double start) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = Math.sin(start + i * step);
    }
    return values;
  }

  /**
   * The bytes of an image file.
   *
   * @param format {@code jpg}, with the JDK's quality of 0.75 and halved chroma, or {@code png}
   */
  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("there is no format '" + format + "'");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static FloatBuffer random(Random random, Shape shape) {
    int channels = shape.channels();
    float[] from = colour(random, channels);
    float[] to = colour(random, channels);
    FloatBuffer image = direct(shape.size());
    float noise = random.nextFloat() / 2;
    while (image.hasRemaining()) {
      int channel = image.position() % channels;
      float part = (float) image.position() / shape.size();
      float base = from[channel] * (1 - part) + to[channel] * part;
      image.put(base * (1 - noise) + random.nextFloat() * noise);
    }
    return image.flip();
  }

  private static float[] colour(Random random, int channels) {
    float[] colour = new float[channels];
    for (int c = 0; c < channels; c++) {
      colour[c] = random.nextFloat();
    }
    return colour;
  }
}
