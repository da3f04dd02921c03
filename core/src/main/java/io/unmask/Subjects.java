package io.unmask;

import io.unmask.image.ImageBytes;
import io.unmask.image.ViewSampler;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.Photo;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Views;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of images what the network is shown of them. Thread-safe. */
final class Subjects implements AutoCloseable {

  private final Preprocessing preprocessing;
  private final Views views;
  private final boolean mirrored;
  private final ImageBuffers buffers;
  private final Optional<ViewSampler> sampler;
  private final Optional<FaceFinder.Search> search;

  /**
   * Takes a search over, to close it.
   *
   * @param views what the network is shown; others than the whole image need a preprocessor of
   *     photos
   * @param mirrored whether it is shown all of that mirrored as well
   * @param search finds the faces, if faces are judged
   */
  Subjects(
      Preprocessing preprocessing,
      Views views,
      boolean mirrored,
      Optional<FaceFinder.Search> search) {
    this.preprocessing = preprocessing;
    this.views = views;
    this.mirrored = mirrored;
    this.search = search;
    this.buffers = new ImageBuffers(images() * preprocessing.input().size());
    this.sampler =
        views.equals(Views.WHOLE_IMAGE)
            ? Optional.empty()
            : Optional.of(
                new ViewSampler(
                    (PhotoPreprocessor) preprocessing.preprocessor(),
                    views,
                    preprocessing.input()));
  }

  /** How many images the network is shown of one face or picture. */
  int images() {
    return views.images() * (mirrored ? 2 : 1);
  }

  Subject of(Path file) {
    return sampler.isEmpty()
        ? whole(pixels -> preprocessing.put(file, pixels))
        : of(() -> preprocessing.photo(ImageBytes.read(file), file.toString()));
  }

  Subject of(byte[] encoded, String source) {
    return sampler.isEmpty()
        ? whole(pixels -> preprocessing.put(encoded, source, pixels))
        : of(() -> preprocessing.photo(encoded, source));
  }

  Subject of(BufferedImage image) {
    return sampler.isEmpty()
        ? whole(pixels -> preprocessing.put(image, pixels))
        : of(() -> preprocessing.photo(image));
  }

  /** Images that have the size and scaling that the network reads, one for each view. */
  Subject of(float[] images) {
    return whole(
        pixels -> {
          pixels.put(images);
          return null;
        });
  }

  private Subject of(Supplier<Preprocessing.Decoded> decoding) {
    long start = System.nanoTime();
    Preprocessing.Decoded read = decoding.get();
    long decoded = System.nanoTime() - start;
    Photo photo = read.photo();
    Picture picture = read.picture();
    if (search.isEmpty()) {
      return Subject.whole(
          sample(picture, (views, pixels) -> views.put(photo, photo.whole(), pixels), decoded));
    }
    List<Face> faces = search.get().find(photo);
    long found = System.nanoTime() - start - decoded;
    return Subject.faces(
        picture,
        faces,
        index ->
            sample(picture, (views, pixels) -> views.put(photo, faces.get(index).box(), pixels), 0),
        decoded,
        found);
  }

  /** One part in all views. */
  private Pixels sample(Picture picture, BiConsumer<ViewSampler, FloatBuffer> part, long before) {
    Pixels sampled =
        fill(
            pixels -> {
              part.accept(sampler.orElseThrow(), pixels);
              return picture;
            });
    return new Pixels(picture, sampled.floats(), before + sampled.nanoseconds(), sampled.home());
  }

  private Subject whole(ImageBuffers.Source source) {
    return Subject.whole(fill(source));
  }

  private Pixels fill(ImageBuffers.Source source) {
    return buffers.fill(
        pixels -> {
          @Nullable Picture picture = source.put(pixels);
          if (mirrored) {
            MirrorImage.append(
                pixels, preprocessing.input().width(), preprocessing.input().channels());
          }
          return picture;
        });
  }

  /** Closes the search, and leaves idle buffers to the garbage collector. */
  @Override
  public void close() {
    search.ifPresent(FaceFinder.Search::close);
    buffers.clear();
  }
}
