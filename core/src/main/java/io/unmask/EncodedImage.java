package io.unmask;

import io.unmask.image.ImageBytes;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The bytes of an image file, with a name for messages.
 *
 * @param name the name in messages, such as a path, a key or a URL
 * @param bytes the whole file; not copied, and must not be changed while it is classified
 */
@SuppressWarnings("ArrayRecordComponent") // carried, not compared
public record EncodedImage(String name, byte[] bytes) {

  /** What bytes without a name are called. */
  static final String NAMELESS = "image";

  /** Checks that nothing is missing. */
  public EncodedImage {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(bytes, "bytes");
  }

  /**
   * Reads a file; its path becomes the name.
   *
   * @throws io.unmask.error.ImageException if it is not a regular file, is too large for an image,
   *     or cannot be read
   */
  public static EncodedImage read(Path file) {
    return new EncodedImage(file.toString(), ImageBytes.read(file));
  }
}
