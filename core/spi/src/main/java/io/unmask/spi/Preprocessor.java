package io.unmask.spi;

import io.unmask.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Turns an encoded image into the floats that a network reads.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; their constructor does no work
 * and loads nothing. They are thread-safe.
 */
public interface Preprocessor {

  /** The name it is chosen by, such as {@code java}. */
  String name();

  /**
   * Loads ahead what the first image would otherwise wait for. A detector that is being opened
   * calls it on a thread of its own while the model file is read; it may also never be called. It
   * does not throw.
   */
  default void prepare() {}

  /**
   * Decodes, resizes and scales one image.
   *
   * @param encoded the bytes of an image file
   * @param source what the bytes are called in messages, such as the file's path
   * @param format the size and scaling wanted
   * @param target receives {@code [height, width, 3]} floats in row-major order at its position,
   *     which moves behind them
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
   * What the file says about an image that {@link #process(byte[], String, InputFormat,
   * FloatBuffer)} has read, for those who are to be warned. Empty unless the preprocessor knows.
   *
   * @param encoded the bytes of the image file
   * @param source what the bytes are called in messages
   */
  default Optional<Photo.Facts> facts(byte[] encoded, String source) {
    return Optional.empty();
  }
}
