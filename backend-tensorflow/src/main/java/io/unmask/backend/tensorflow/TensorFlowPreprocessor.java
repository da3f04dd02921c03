package io.unmask.backend.tensorflow;

import io.unmask.error.BackendException;
import io.unmask.error.ImageException;
import io.unmask.image.ImageHeader;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.lang.System.Logger;
import java.nio.FloatBuffer;

/**
 * Decodes and resizes images with TensorFlow's own operations, as the reference does: {@code
 * tf.image.decode_image(channels=3, expand_animations=False)}, then {@code tf.image.resize}
 * (bilinear, half-pixel centres, no antialiasing), then the scaling. Its name is {@code
 * tensorflow}.
 *
 * <p>It differs from {@link JavaPreprocessor} in JPEG files alone, which {@code decode_image}
 * decodes with the fast DCT. It reads JPEG, PNG, GIF (the first frame) and BMP, and refuses images
 * of more pixels than {@link ImageOptions#DEFAULT} allows.
 *
 * <p>Thread-safe. TensorFlow is loaded by the first call and stays.
 */
public final class TensorFlowPreprocessor implements Preprocessor {

  private final JavaPreprocessor decoded = new JavaPreprocessor();

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public TensorFlowPreprocessor() {}

  /** {@code tensorflow}. */
  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public void prepare() {
    try {
      ImageGraph.shared();
    } catch (RuntimeException | LinkageError e) {
      // The first image fails with the same reason, and says so.
      System.getLogger(TensorFlowPreprocessor.class.getName())
          .log(Logger.Level.DEBUG, "cannot load TensorFlow ahead", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the target has less room than {@link InputFormat#size()},
   *     or the images wanted are grey
   * @throws BackendException if TensorFlow cannot be loaded
   */
  @Override
  public ImageSize process(byte[] encoded, String source, InputFormat format, FloatBuffer target) {
    if (target.remaining() < format.size()) {
      throw new IllegalArgumentException(
          "target has room for " + target.remaining() + " floats, expected " + format.size());
    }
    if (format.order() == InputFormat.ChannelOrder.GREY) {
      throw new IllegalArgumentException(
          "preprocessor tensorflow makes coloured images only; use preprocessor java for grey"
              + " ones");
    }
    // Before TensorFlow allocates what the header asks for.
    ImageHeader.read(encoded, source, ImageOptions.DEFAULT);
    ImageGraph graph = ImageGraph.shared();
    ImageGraph.Decoded image;
    try {
      image = graph.decode(encoded, format.height(), format.width());
    } catch (RuntimeException e) {
      // TensorFlow's exceptions have no type in common.
      throw new ImageException(
          "%s: TensorFlow cannot decode this image (%s), expected an undamaged JPEG, PNG, GIF or BMP"
                  .formatted(source, Natives.firstLine(e))
              + " file; copy or download it again, or use preprocessor java",
          e);
    }
    float[] pixels = image.pixels();
    boolean reversed = format.order() == InputFormat.ChannelOrder.BGR;
    for (int pixel = 0; pixel < pixels.length; pixel += InputFormat.CHANNELS) {
      for (int channel = 0; channel < InputFormat.CHANNELS; channel++) {
        int from = reversed ? InputFormat.CHANNELS - 1 - channel : channel;
        target.put(format.scaling().apply(pixels[pixel + from], channel));
      }
    }
    return image.size();
  }

  /** {@inheritDoc} Nothing is decoded, so that {@link JavaPreprocessor}'s result is the same. */
  @Override
  public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
    return decoded.process(image, format, target);
  }
}
