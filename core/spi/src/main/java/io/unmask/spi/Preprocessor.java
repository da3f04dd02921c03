package io.unmask.spi;

import io.unmask.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Turns an encoded image into the floats that a network reads.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; the constructor must do no
 * work and load nothing. Must be thread-safe.
 */
public interface Preprocessor {

  /** The name that the preprocessor is chosen by, such as {@code java}. */
  String name();

  /**
   * Loads ahead of time what the first image would otherwise wait for. A detector that is being
   * opened calls this on a thread of its own while the model file is read. It may never be called.
   * It must not throw.
   */
  default void prepare() {}

  /**
   * Decodes, resizes and scales one image.
   *
   * @param encoded the bytes of an image file
   * @param source the name of the image in messages, such as the file's path
   * @param format the size and scaling wanted
   * @param target receives {@code [height, width, 3]} floats in row-major order at its position,
   *     which is moved behind them
   * @return the size of the image before it was resized
   * @throws ImageException if the bytes are not an image that can be read
   */
  ImageSize process(byte[] encoded, String source, InputFormat format, FloatBuffer target);

  /**
   * Resizes and scales an image that is already decoded. Transparency is ignored, not blended.
   *
   * @param image the image
   * @param format the size and scaling wanted
   * @param target receives the floats, as in {@link #process(byte[], String, InputFormat,
   *     FloatBuffer)}
   * @return the size of the image before it was resized
   */
  ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target);

  /**
   * Returns what the file says about an image that {@link #process(byte[], String, InputFormat,
   * FloatBuffer)} has read; warnings are made from it. Empty if the preprocessor does not know.
   *
   * @param encoded the bytes of the image file
   * @param source what the bytes are called in messages
   */
  default Optional<Photo.Facts> facts(byte[] encoded, String source) {
    return Optional.empty();
  }
}
