package io.unmask;

import io.unmask.image.ImageBytes;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The bytes of an image file, and what they are called in messages.
 *
 * @param name such as a path, a key or a URL
 * @param bytes the whole file; not copied, and not to be changed while it is classified
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
   * Reads a file, named by its path.
   *
   * @throws io.unmask.error.ImageException if it is no regular file, too large to be an image, or
   *     cannot be read
   */
  public static EncodedImage read(Path file) {
    return new EncodedImage(file.toString(), ImageBytes.read(file));
  }
}
