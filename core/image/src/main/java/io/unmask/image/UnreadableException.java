package io.unmask.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a decoder gives up, in words that complete "face.jpg: ". The preprocessor adds the name and
 * throws an {@link io.unmask.error.ImageException}.
 */
final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1L;

  private UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The file ends before the image does. */
  static UnreadableException truncated(ImageFormat format, String missing) {
    return new UnreadableException(
        "the "
            + format.title()
            + " file is cut off: expected "
            + missing
            + ", found the end of the data; copy or download the file again",
        null);
  }

  /** The bytes contradict the format's specification. */
  static UnreadableException malformed(ImageFormat format, String found) {
    return malformed(format, found, null);
  }

  /** The same, found by a reader that threw. */
  static UnreadableException malformed(
      ImageFormat format, String found, @Nullable Throwable cause) {
    return malformed(format.title(), found, cause);
  }

  /** The same, of a format that is not read here. */
  static UnreadableException malformed(String format, String found, @Nullable Throwable cause) {
    return new UnreadableException(
        "the "
            + format
            + " file is damaged: "
            + found
            + "; copy or download the file again, or save it anew",
        cause);
  }

  /** A variant of the format that cannot be read. */
  static UnreadableException unsupported(ImageFormat format, String found, String supported) {
    return new UnreadableException(
        found
            + " "
            + format.title()
            + " files are not supported, expected "
            + supported
            + "; convert the image, to PNG for instance",
        null);
  }

  /** Something else, as a whole sentence. */
  static UnreadableException because(String message) {
    return new UnreadableException(message, null);
  }
}
