package io.unmask.image;

import io.unmask.error.Explanation;
import io.unmask.error.ImageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image file. Whatever is wrong with them, the message names the file.
 *
 * @param encoded the bytes
 * @param source what they are called in messages
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record ImageFile(byte[] encoded, String source) {

  /** Reads something of a file whose format is known. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ImageFormat format) throws IOException;
  }

  /** Decodes the picture, or the first. */
  DecodedImage decode(ImageLimits limits) {
    return read(
        format ->
            switch (format) {
              case JPEG -> JpegDecoder.decode(encoded, limits);
              case PNG -> PngDecoder.decode(encoded, limits);
              case GIF -> GifDecoder.decode(encoded, limits);
              case BMP -> BmpDecoder.decode(encoded, limits);
              case WEBP -> {
                PixelSource pixels = WebpDecoder.decode(encoded, limits);
                yield new DecodedImage(pixels, WebpHeader.read(encoded, limits));
              }
            });
  }

  /** Reads what there is to know without decoding. */
  ImageHeader header(ImageLimits limits) {
    return read(
        format ->
            switch (format) {
              case JPEG -> JpegDecoder.header(encoded, limits);
              case PNG -> PngDecoder.header(encoded, limits);
              case GIF -> GifDecoder.header(encoded, limits);
              case BMP -> BmpDecoder.decode(encoded, limits).header(); // the pixels stay there
              case WEBP -> WebpHeader.read(encoded, limits);
            });
  }

  private <T> T read(Reading<T> reading) {
    ImageFormat format = null;
    try {
      format = ImageFormat.of(encoded);
      return reading.of(format);
    } catch (UnreadableException e) {
      throw new ImageException(source + ": " + e.getMessage(), e.getCause());
    } catch (OutOfMemoryError e) {
      throw needsMemory(e);
    } catch (IOException | RuntimeException e) {
      // A reader fails on damaged data in whatever way it happens to.
      throw new ImageException(damaged(format, e), e);
    }
  }

  /** What to throw if the heap is too small. */
  ImageException needsMemory(OutOfMemoryError e) {
    return new ImageException(
        source
            + ": its pixels take more memory than Java has left; scale the image down, give Java"
            + " more with -Xmx, or lower ImageOptions.maxPixels; see "
            + Explanation.MEMORY.link(),
        e);
  }

  private String damaged(@Nullable ImageFormat format, Exception e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return source
        + ": cannot read this "
        + (format == null ? "image" : format.title())
        + " file ("
        + reason.lines().findFirst().orElse("")
        + "), expected an undamaged one; copy or download it again, or save it anew";
  }
}
