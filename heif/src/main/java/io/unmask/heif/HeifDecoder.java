package io.unmask.heif;

import io.unmask.error.ImageException;
import io.unmask.image.ImageOptions;
import io.unmask.spi.Availability;
import io.unmask.spi.ImageDecoder;
import io.unmask.spi.Photo;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads HEIC and AVIF images through the libheif of the system, and all else in the container HEIF
 * that it can decode.
 *
 * <p>The main picture of a file is decoded, turned and mirrored as the file asks (its {@code irot}
 * and {@code imir}), whatever its EXIF orientation says, which repeats that; so its facts say that
 * it is upright. Ten and twelve bits lose the lower ones, transparency is dropped, colour profiles
 * are ignored. Of a sequence it is the picture that stands for it. The pixels are libheif's: of a
 * lossy picture with halved colours its releases differ in how they are put together.
 *
 * <p>Thread-safe. libheif is loaded when the first such file comes, and stays.
 */
public final class HeifDecoder implements ImageDecoder {

  private final Supplier<Installed> installed;

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public HeifDecoder() {
    this(Installed::get);
  }

  /** With another libheif. */
  HeifDecoder(Supplier<Installed> installed) {
    this.installed = installed;
  }

  /** {@code heif}. */
  @Override
  public String name() {
    return "heif";
  }

  /** {@code HEIC}, {@code AVIF}, or {@code HEIF} if the file says no more than that. */
  @Override
  public Optional<String> format(byte[] beginning) {
    return Brands.of(beginning).format().map(HeifFormat::name);
  }

  /** That libheif is not installed, or lacks the decoder that the format needs. */
  @Override
  public Optional<Availability.Unavailable> hindrance(String format) {
    return installed.get().hindrance(HeifFormat.valueOf(format));
  }

  @Override
  public Header header(byte[] encoded, String source) {
    try (HeifFile file = open(encoded, source, ImageOptions.PIXEL_CEILING)) {
      return new Header(file.size(), facts(encoded));
    }
  }

  @Override
  public Photo decode(byte[] encoded, String source, long maxPixels) {
    try (HeifFile file = open(encoded, source, maxPixels)) {
      return file.decode(maxPixels, facts(encoded));
    }
  }

  private HeifFile open(byte[] encoded, String source, long maxPixels) {
    return HeifFile.open(installed.get(), format(encoded, source), encoded, source, maxPixels);
  }

  private static HeifFormat format(byte[] encoded, String source) {
    return Brands.of(encoded)
        .format()
        .orElseThrow(() -> new ImageException(source + ": not a HEIC or AVIF image"));
  }

  private static Photo.Facts facts(byte[] encoded) {
    Brands brands = Brands.of(encoded);
    String format = brands.format().orElseThrow().name();
    return new Photo.Facts(
        format, 1, false, brands.maySequence() ? SequenceFrames.count(encoded) : 1);
  }
}
