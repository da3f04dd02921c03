package io.unmask;

import io.unmask.image.provenance.Evidence;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a picture before it was resized.
 *
 * @param size as it was judged
 * @param facts what its file says, if the preprocessor knows
 * @param evidence what its file claims about how it was made; empty if there is no file
 */
record Picture(ImageSize size, Optional<Photo.Facts> facts, List<Evidence> evidence) {

  Picture(ImageSize size, Optional<Photo.Facts> facts) {
    this(size, facts, List.of());
  }

  static Picture of(Photo photo) {
    return new Picture(photo.size(), Optional.of(photo.facts()));
  }

  /** The same, with what its file claims. */
  Picture with(List<Evidence> claims) {
    return new Picture(size, facts, claims);
  }
}
