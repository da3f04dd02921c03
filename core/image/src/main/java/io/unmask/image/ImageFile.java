package io.unmask.image;

import io.unmask.error.Explanation;
import io.unmask.error.ImageException;
import java.io.IOException;
import java.util.Optional;

/**
 * The bytes of an image file. Whatever is wrong with them, the message names the file.
 *
 * @param encoded the bytes
 * @param source what they are called in messages
 * @param further reads what is not read here
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record ImageFile(byte[] encoded, String source, FurtherFormats further) {

  /** Reads something of a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T get() throws IOException;
  }

  /** Decodes the picture, or the first. */
  DecodedImage decode(ImageLimits limits) {
    Optional<ImageFormat> known = ImageFormat.of(encoded);
    if (known.isEmpty()) {
      return furtherFormat().decode(this, limits);
    }
    return read(
        known.get(),
        () ->
            switch (known.get()) {
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
    Optional<ImageFormat> known = ImageFormat.of(encoded);
    if (known.isEmpty()) {
      return furtherFormat().header(this, limits);
    }
    return read(
        known.get(),
        () ->
            switch (known.get()) {
              case JPEG -> JpegDecoder.header(encoded, limits);
              case PNG -> PngDecoder.header(encoded, limits);
              case GIF -> GifDecoder.header(encoded, limits);
              case BMP -> BmpDecoder.decode(encoded, limits).header(); // the pixels stay there
              case WEBP -> WebpHeader.read(encoded, limits);
            });
  }

  private FurtherFormat furtherFormat() {
    if (encoded.length == 0) {
      throw refused(ImageFormat.refusal(encoded));
    }
    FurtherFormats.Answer answer = further.ask(encoded);
    FurtherFormat format =
        answer
            .format()
            .orElseThrow(() -> refused(ImageFormat.refusal(encoded) + answer.describeFaults()));
    answer
        .hindrance()
        .ifPresent(
            hindrance -> {
              throw refused(
                  "this %s file cannot be read: %s; %s, or save the image as JPEG or PNG%s"
                      .formatted(
                          format.title(),
                          hindrance.reason(),
                          hindrance.remedy(),
                          answer.describeFaults()));
            });
    return format;
  }

  private ImageException refused(String why) {
    return new ImageException(source + ": " + why);
  }

  private <T> T read(ImageFormat format, Reading<T> reading) {
    try {
      return reading.get();
    } catch (UnreadableException e) {
      throw new ImageException(source + ": " + e.getMessage(), e.getCause());
    } catch (OutOfMemoryError e) {
      throw needsMemory(e);
    } catch (IOException | RuntimeException e) {
      // A reader fails on damaged data in whatever way it happens to.
      throw damaged(format.title(), e);
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

  /** What to throw if a reader fails. */
  ImageException damaged(String format, Exception e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new ImageException(
        "%s: cannot read this %s file (%s), expected an undamaged one; copy or download it again, or save it anew"
            .formatted(source, format, reason.lines().findFirst().orElse("")),
        e);
  }
}
