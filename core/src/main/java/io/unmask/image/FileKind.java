package io.unmask.image;

import java.util.Optional;

/**
 * What kind of file one is, told by its first bytes and never by its name. Immutable.
 *
 * @param title what people call it, such as {@code JPEG} or {@code a PDF document}
 * @param readable whether it is an image that {@link JavaPreprocessor} reads
 */
public record FileKind(String title, boolean readable) {

  /** How many bytes of a file {@link #of} looks at, at most. */
  public static final int BYTES = 1024;

  /**
   * The kind of a file, or empty if it is not known.
   *
   * @param beginning the first bytes of the file, all if it has fewer than {@link #BYTES}
   */
  public static Optional<FileKind> of(byte[] beginning) {
    for (ImageFormat format : ImageFormat.values()) {
      if (format.matches(beginning)) {
        return Optional.of(new FileKind(format.title(), true));
      }
    }
    return ForeignFormat.of(beginning).map(format -> new FileKind(format.title(), false));
  }
}
