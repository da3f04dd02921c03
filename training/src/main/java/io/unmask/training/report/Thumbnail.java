package io.unmask.training.report;

import io.unmask.error.ImageException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Small square pictures of images, read as the detector reads them, which sees squares too. */
final class Thumbnail {

  /** Rows and columns. */
  static final int SIZE = 160;

  /** Resizing does not average, so that it goes to a multiple and the rest is averaged. */
  private static final int OVERSAMPLING = 3;

  private static final InputFormat FORMAT =
      new InputFormat(
          SIZE * OVERSAMPLING, SIZE * OVERSAMPLING, 1f, 0f, InputFormat.ChannelOrder.RGB);

  private Thumbnail() {}

  /** The picture; a grey one if the file can no longer be read. */
  static BufferedImage of(Path file) {
    float[] pixels = new float[FORMAT.size()];
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    try {
      new JavaPreprocessor()
          .process(Files.readAllBytes(file), file.toString(), FORMAT, FloatBuffer.wrap(pixels));
    } catch (IOException | ImageException | OutOfMemoryError e) {
      Arrays.fill(pixels, 128f);
    }
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        image.setRGB(x, y, mean(pixels, y, x));
      }
    }
    return image;
  }

  private static int mean(float[] pixels, int y, int x) {
    int rgb = 0;
    for (int channel = 0; channel < InputFormat.CHANNELS; channel++) {
      float sum = 0;
      for (int dy = 0; dy < OVERSAMPLING; dy++) {
        for (int dx = 0; dx < OVERSAMPLING; dx++) {
          int row = y * OVERSAMPLING + dy;
          int column = x * OVERSAMPLING + dx;
          sum += pixels[(row * FORMAT.width() + column) * InputFormat.CHANNELS + channel];
        }
      }
      rgb = (rgb << 8) | Math.round(sum / (OVERSAMPLING * OVERSAMPLING));
    }
    return rgb;
  }
}
