package io.unmask.benchmarks;

import io.unmask.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Images that differ enough for a network to tell them apart, the same in every run. */
final class Images {

  private static final long SEED = 20_261_122;

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

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
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
