package io.unmask.image;

import io.unmask.error.ImageException;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;

/**
 * The header of an image file: what the file says about its picture, read without decoding it.
 *
 * @param size the size of the picture as it is stored
 * @param facts the facts, with {@link Photo.Facts#turned} false
 */
public record ImageHeader(ImageSize size, Photo.Facts facts) {

  /**
   * Reads the header of a file in one of the formats of {@link JavaPreprocessor}, including those
   * of the decoders on the class path. It allocates little. To count frames, it looks at the whole
   * file.
   *
   * @param encoded the bytes of an image file
   * @param source the name of the image in messages, such as the file's path
   * @param options the options, of which {@link ImageOptions#maxPixels} is the limit for the header
   * @throws ImageException if the bytes are not an image of a known format, or if the header is
   *     damaged or states more pixels than the limit
   */
  public static ImageHeader read(byte[] encoded, String source, ImageOptions options) {
    return new ImageFile(encoded, source, FurtherFormats.ofClassPath())
        .header(new ImageLimits(options.maxPixels()));
  }

  static ImageHeader of(
      ImageFormat format, int width, int height, ExifOrientation orientation, int frames) {
    return new ImageHeader(
        new ImageSize(height, width),
        new Photo.Facts(format.title(), orientation.value(), false, frames));
  }
}
