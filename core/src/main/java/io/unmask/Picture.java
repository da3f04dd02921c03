package io.unmask;

import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.Optional;

/**
 * What is known of a picture before it was resized.
 *
 * @param size as it was judged
 * @param facts what its file says, if the preprocessor knows
 */
record Picture(ImageSize size, Optional<Photo.Facts> facts) {

  static Picture of(Photo photo) {
    return new Picture(photo.size(), Optional.of(photo.facts()));
  }
}
