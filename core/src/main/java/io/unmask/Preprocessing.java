package io.unmask;

import io.unmask.concurrent.Futures;
import io.unmask.error.Explanation;
import io.unmask.error.ImageException;
import io.unmask.image.ImageBytes;
import io.unmask.image.provenance.Evidence;
import io.unmask.image.provenance.Provenance;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Makes a network's floats of whole images. What a file claims is read beside decoding it.
 * Thread-safe if the preprocessor is.
 *
 * @param preprocessor decodes and resizes
 * @param upright whether pictures are turned as their EXIF orientation asks
 * @param input what the network reads
 */
record Preprocessing(Preprocessor preprocessor, boolean upright, InputFormat input) {

  Picture put(Path file, FloatBuffer pixels) {
    return put(ImageBytes.read(file), file.toString(), pixels);
  }

  Picture put(byte[] encoded, String source, FloatBuffer pixels) {
    Supplier<Picture> decoding =
        () -> {
          if (preprocessor instanceof PhotoPreprocessor photos) {
            return put(photos, photos.decode(encoded, source, upright), pixels);
          }
          return new Picture(
              preprocessor.process(encoded, source, input, pixels),
              preprocessor.facts(encoded, source));
        };
    return besideClaims(encoded, () -> bounded(source, decoding), Picture::with);
  }

  /**
   * A decoded photo, which is to be sampled.
   *
   * @param photo the pixels
   * @param picture what is known beside them
   */
  record Decoded(Photo photo, Picture picture) {}

  /** A photo to be sampled. Only a {@link PhotoPreprocessor} makes one. */
  Decoded photo(byte[] encoded, String source) {
    Supplier<Photo> decoding =
        () -> ((PhotoPreprocessor) preprocessor).decode(encoded, source, upright);
    return besideClaims(
        encoded,
        () -> bounded(source, decoding),
        (photo, claims) -> new Decoded(photo, Picture.of(photo).with(claims)));
  }

  /** Decodes a file while what it claims is read on another thread. */
  private static <T, R> R besideClaims(
      byte[] encoded, Supplier<T> decoding, BiFunction<T, List<Evidence>, R> joint) {
    FutureTask<List<Evidence>> claims = Futures.beside(() -> Provenance.of(encoded));
    try {
      return joint.apply(decoding.get(), Futures.result(claims));
    } finally {
      claims.cancel(false); // what cannot be decoded must not wait in a queue with its bytes
    }
  }

  /** A photo to be sampled. Only a {@link PhotoPreprocessor} makes one. */
  Decoded photo(BufferedImage image) {
    requireImage(image);
    Photo photo = ((PhotoPreprocessor) preprocessor).decode(image);
    return new Decoded(photo, Picture.of(photo));
  }

  private static <T> T bounded(String source, Supplier<T> decoding) {
    try {
      return decoding.get();
    } catch (OutOfMemoryError e) {
      // One large array was refused, so that the rest of the program is well.
      throw new ImageException(
          source
              + ": needs more memory than Java may use; scale it down, or raise -Xmx; see "
              + Explanation.MEMORY.link(),
          e);
    } catch (LinkageError e) {
      // A class of Java's own that could not be initialised, as where no thread can be started.
      throw EngineFailure.of(source + ": Java's image reader cannot be used", e);
    }
  }

  Picture put(BufferedImage image, FloatBuffer pixels) {
    requireImage(image);
    if (preprocessor instanceof PhotoPreprocessor photos) {
      return put(photos, photos.decode(image), pixels);
    }
    return new Picture(preprocessor.process(image, input, pixels), Optional.empty());
  }

  private static void requireImage(BufferedImage image) {
    Objects.requireNonNull(
        image, "image is null; ImageIO.read returns null for formats that it cannot read");
  }

  private Picture put(PhotoPreprocessor photos, Photo photo, FloatBuffer pixels) {
    photos.sample(photo, photo.whole(), input, pixels);
    return Picture.of(photo);
  }
}
