package io.unmask.image;

import io.unmask.error.ImageException;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;

/**
 * What an image file says about its picture, read without decoding it.
 *
 * @param size of the picture as it is stored
 * @param facts with {@link Photo.Facts#turned} false
 */
public record ImageHeader(ImageSize size, Photo.Facts facts) {

  /**
   * Reads the header of a file in one of the formats of {@link JavaPreprocessor}, those of the
   * class path's decoders included. It allocates little, and looks at the whole file where frames
   * are counted.
   *
   * @param encoded the bytes of an image file
   * @param source what the bytes are called in messages, such as the file's path
   * @param options {@link ImageOptions#maxPixels} is what a header may ask for
   * @throws ImageException if the bytes are not an image of a known format, its header is damaged,
   *     or asks for more pixels
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
