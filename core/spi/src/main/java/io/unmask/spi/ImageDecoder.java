package io.unmask.spi;

import io.unmask.error.ImageException;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads images of formats that the core does not read. The preprocessor {@code java} asks the
 * decoders about every file whose format it does not know.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; the constructor must do no
 * work and load nothing. Must be thread-safe. If a decoder throws anything but a {@link
 * io.unmask.error.DetectorException}, that is reported as a fault of the decoder, and the other
 * decoders still read their files.
 */
public interface ImageDecoder {

  /** The name of the decoder in messages, such as {@code heif}. */
  String name();

  /**
   * Returns what people call the format of a file, such as {@code HEIC}, or empty if this decoder
   * does not read the format. The content decides, never a file's name. This must load nothing
   * native and return quickly, because it is called for every file in a folder that is not an
   * image.
   *
   * @param beginning the first bytes of the file: at least 1024, or all
   */
  Optional<String> format(byte[] beginning);

  /**
   * Returns what keeps files of the format from being decoded here and now, such as a native
   * library that is not installed; empty if nothing does. It may load that library. If there is a
   * hindrance, another decoder of the format is asked, if there is one.
   *
   * @param format what {@link #format} returned
   */
  default Optional<Availability.Unavailable> hindrance(String format) {
    return Optional.empty();
  }

  /**
   * Reads what the file says about its picture, without decoding it. The caller uses it to refuse
   * files with more pixels than it allows before they are decoded.
   *
   * @param encoded the bytes of the file
   * @param source what the bytes are called in messages, such as the file's path
   * @throws ImageException if the file is damaged or cannot be read
   */
  Header header(byte[] encoded, String source);

  /**
   * Decodes the picture: the first of an animation, or the one that the file says is its main one.
   * Transparency is dropped, not blended, and colour profiles are ignored, as with PNG.
   *
   * @param encoded the bytes of the file; they may change after this returns
   * @param source what the bytes are called in messages
   * @param maxPixels the maximum number of pixels; the header has been checked already
   * @return a photo as {@link Photo#ofRgb} makes it, with the facts of {@link #header}
   * @throws ImageException if the file is damaged or cannot be read
   */
  Photo decode(byte[] encoded, String source, long maxPixels);

  /**
   * What a file says about its picture.
   *
   * @param size the size of the picture that {@link #decode} returns
   * @param facts the facts about the picture; with orientation 1 if {@link #decode} turns pictures
   *     as their file asks. Otherwise the preprocessor turns them by {@link
   *     Photo.Facts#orientation}, if that is wanted
   */
  record Header(ImageSize size, Photo.Facts facts) {

    /** Checks that both are there. */
    public Header {
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(facts, "facts");
    }
  }
}
