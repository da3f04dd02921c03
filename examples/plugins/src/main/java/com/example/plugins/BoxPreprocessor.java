package com.example.plugins;

import io.unmask.error.ImageException;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A preprocessor that decodes with ImageIO and makes of each target pixel the mean of the pixels
 * that it covers. It shows whole images only; one that also shows faces implements {@link
 * io.unmask.spi.PhotoPreprocessor}.
 */
public final class BoxPreprocessor implements Preprocessor {

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public BoxPreprocessor() {}

  @Override
  public String name() {
    return "box";
  }

  @Override
  public ImageSize process(byte[] encoded, String source, InputFormat format, FloatBuffer target) {
    @Nullable BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new ImageException(source + ": cannot be decoded: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new ImageException(source + ": not an image that ImageIO can read");
    }
    return process(image, format, target);
  }

  @Override
  public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
    if (format.order() != InputFormat.ChannelOrder.RGB) {
      throw new IllegalArgumentException("preprocessor 'box' makes RGB only");
    }
    PixelScaling scaling = format.scaling();
    for (int row = 0; row < format.height(); row++) {
      int top = row * image.getHeight() / format.height();
      int bottom = Math.max(top + 1, (row + 1) * image.getHeight() / format.height());
      for (int column = 0; column < format.width(); column++) {
        int left = column * image.getWidth() / format.width();
        int right = Math.max(left + 1, (column + 1) * image.getWidth() / format.width());
        for (int channel = 0; channel < InputFormat.CHANNELS; channel++) {
          float level = mean(image, left, top, right, bottom, 16 - 8 * channel);
          target.put(scaling.apply(level, channel));
        }
      }
    }
    return new ImageSize(image.getHeight(), image.getWidth());
  }

  private static float mean(
      BufferedImage image, int left, int top, int right, int bottom, int shift) {
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.getRGB(x, y) >> shift & 0xFF;
      }
    }
    return (float) sum / ((right - left) * (bottom - top));
  }
}
