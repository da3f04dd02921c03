package io.unmask.training.run;

import io.unmask.error.ImageException;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import io.unmask.training.augmentation.Augmentation;
import io.unmask.training.augmentation.FloatImage;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;

/**
 * Images, decoded whenever they are wanted, so that data sets of any size fit.
 *
 * @param faces the data set
 * @param preprocessor decodes and resizes
 * @param format what the network wants to see
 * @param augmentation what is done to images in training
 * @param side of the square images in training, or 0 for the network's size
 * @param seed of the training
 */
record ImageSamples(
    FaceSet faces,
    Preprocessor preprocessor,
    InputFormat format,
    Augmentation augmentation,
    int side,
    long seed)
    implements Samples {

  @Override
  public int size() {
    return side == 0 ? format.size() : side * side * InputFormat.CHANNELS;
  }

  @Override
  public void augmented(int image, int round, FloatBuffer target) {
    float[] pixels = new float[format.size()];
    plain(image, FloatBuffer.wrap(pixels));
    FloatImage whole = new FloatImage(format.height(), format.width(), pixels);
    target.put(augmentation.apply(whole, seed, round, image).pixels());
  }

  @Override
  public void plain(int image, FloatBuffer target) {
    FaceImage face = faces.images().get(image);
    try {
      byte[] encoded = Files.readAllBytes(face.file());
      preprocessor.process(encoded, face.file().toString(), format, target);
    } catch (ImageException | IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "%s: could be read when the training began, but now cannot (%s); put it back and run the same command again"
                  .formatted(face.file(), e.getMessage()),
              e));
    }
  }
}
