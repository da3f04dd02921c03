package io.unmask.spi;

import io.unmask.error.ImageException;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads images of formats that the core does not read: {@code java}'s preprocessor asks here for
 * every file that is none of its own.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; their constructor does no work
 * and loads nothing. They are thread-safe. What they throw beside {@link
 * io.unmask.error.DetectorException} is reported as a fault of theirs, and keeps no other decoder
 * from reading its files.
 */
public interface ImageDecoder {

  /** The name it is known by in messages, such as {@code heif}. */
  String name();

  /**
   * What people call the format of a file, such as {@code HEIC}, or empty if it is none that this
   * decoder is for. Files are told apart by their content and never by a name. It loads nothing
   * native and returns quickly, as it is asked for every file of a folder that is no image.
   *
   * @param beginning the first bytes of the file: at least 1024, or all
   */
  Optional<String> format(byte[] beginning);

  /**
   * What keeps files of the format from being decoded here and now, such as a native library that
   * is not installed; empty if nothing does. It may load that library. Another decoder of the
   * format is asked then, if there is one.
   *
   * @param format what {@link #format} returned
   */
  default Optional<Availability.Unavailable> hindrance(String format) {
    return Optional.empty();
  }

  /**
   * Reads what the file says about its picture, without decoding it. The caller refuses files that
   * ask for more pixels than it allows before it has them decoded.
   *
   * @param encoded the bytes of the file
   * @param source what the bytes are called in messages, such as the file's path
   * @throws ImageException if the file is damaged or cannot be read
   */
  Header header(byte[] encoded, String source);

  /**
   * Decodes the picture, or the first of an animation, or the one that the file says is its main
   * one. Transparency is dropped, not blended, and colour profiles are ignored, as with PNG.
   *
   * @param encoded the bytes of the file; they may change once this returns
   * @param source what the bytes are called in messages
   * @param maxPixels the most pixels that are wanted; the header has been checked already
   * @return such as {@link Photo#ofRgb} makes one, with the facts of {@link #header}
   * @throws ImageException if the file is damaged or cannot be read
   */
  Photo decode(byte[] encoded, String source, long maxPixels);

  /**
   * What a file says about its picture.
   *
   * @param size of the picture that {@link #decode} returns
   * @param facts with orientation 1 if {@link #decode} turns pictures as their file asks. Else the
   *     preprocessor turns them by {@link Photo.Facts#orientation}, where that is wanted
   */
  record Header(ImageSize size, Photo.Facts facts) {

    /** Checks that both are there. */
    public Header {
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(facts, "facts");
    }
  }
}
