package io.unmask.training.run;

import io.unmask.error.ImageException;
import io.unmask.spi.InputFormat;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Preprocessor;
import io.unmask.training.augmentation.Augmentation;
import io.unmask.training.augmentation.FloatImage;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import io.unmask.training.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Images, decoded whenever they are wanted, so that data sets of any size fit.
 *
 * @param faces the data set
 * @param preprocessor decodes and resizes
 * @param format how images are decoded: in [0, 1], which is what augmentation works on
 * @param scaling what the network wants of them
 * @param augmentation what is done to images in training
 * @param side of the square images in training, or 0 for the network's size
 * @param seed of the training
 */
record ImageSamples(
    FaceSet faces,
    Preprocessor preprocessor,
    InputFormat format,
    PixelScaling scaling,
    Augmentation augmentation,
    int side,
    long seed)
    implements Samples {

  /** The level of white. */
  private static final float LEVELS = 255;

  /** The same for a phase that trains with random squares of the images. */
  ImageSamples cropped(Plan plan) {
    return new ImageSamples(
        faces, preprocessor, format, scaling, plan.operations(), plan.crop(), seed);
  }

  @Override
  public int size() {
    return side == 0 ? format.size() : side * side * InputFormat.CHANNELS;
  }

  @Override
  public void augmented(Draw draw, FloatBuffer target) {
    float[] pixels = new float[format.size()];
    FaceImage face = faces.images().get(draw.image());
    read(draw.remade() ? face.remade().orElseThrow() : face.file(), FloatBuffer.wrap(pixels));
    FloatImage whole = new FloatImage(format.height(), format.width(), pixels);
    target.put(scaled(augmentation.apply(whole, seed, draw.round(), draw.image()).pixels()));
  }

  @Override
  public void plain(int image, FloatBuffer target) {
    float[] pixels = unscaled(image);
    target.put(scaled(pixels));
  }

  /** An image in [0, 1]. */
  float[] unscaled(int image) {
    float[] pixels = new float[format.size()];
    read(faces.images().get(image).file(), FloatBuffer.wrap(pixels));
    return pixels;
  }

  /** Numbers in [0, 1] as the network wants them, in their place. */
  float[] scaled(float[] pixels) {
    if (!scaling.equals(format.scaling())) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = scaling.apply(pixels[i] * LEVELS, i % format.channels());
      }
    }
    return pixels;
  }

  private void read(Path file, FloatBuffer target) {
    try {
      preprocessor.process(Files.readAllBytes(file), file.toString(), format, target);
    } catch (ImageException | IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "%s: could be read when the training began, but now cannot (%s); put it back and run the same command again"
                  .formatted(file, e.getMessage()),
              e));
    }
  }
}
