package io.unmask.image;

import io.unmask.error.DetectorException;
import io.unmask.error.ImageException;
import io.unmask.spi.ImageDecoder;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The format of a file that a decoder of the class path reads. Whatever that throws, the message
 * names the file.
 *
 * @param title what people call it
 * @param decoder that is to read it
 */
record FurtherFormat(String title, ImageDecoder decoder) {

  /** Reads what there is to know without decoding. */
  ImageHeader header(ImageFile file, ImageLimits limits) {
    return guarded(
        file,
        () -> {
          ImageDecoder.Header header =
              Objects.requireNonNull(decoder.header(file.encoded(), file.source()), "no header");
          check(file, header.size(), limits);
          return new ImageHeader(header.size(), header.facts());
        });
  }

  /** Decodes the picture, if its header asks for no more than is allowed. */
  DecodedImage decode(ImageFile file, ImageLimits limits) {
    header(file, limits);
    return guarded(
        file,
        () -> {
          Photo photo =
              Objects.requireNonNull(
                  decoder.decode(file.encoded(), file.source(), limits.maxPixels()), "no picture");
          check(file, photo.size(), limits); // a header may say one thing and the picture another
          return new DecodedImage(
              new PhotoPixels(photo), new ImageHeader(photo.size(), photo.facts()));
        });
  }

  private void check(ImageFile file, ImageSize size, ImageLimits limits) {
    try {
      limits.check(title, size.width(), size.height());
    } catch (UnreadableException e) {
      throw new ImageException(file.source() + ": " + e.getMessage(), e);
    }
  }

  private <T> T guarded(ImageFile file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DetectorException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw file.needsMemory(e);
    } catch (RuntimeException e) {
      throw file.damaged(title, e);
    } catch (LinkageError e) {
      throw new ImageException(
          "%s: decoder '%s' cannot read this %s file, as it lacks something that it needs (%s);"
                  .formatted(file.source(), decoder.name(), title, e)
              + " see that its jars belong together, or save the image as JPEG or PNG",
          e);
    }
  }
}
