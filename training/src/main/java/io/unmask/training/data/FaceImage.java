package io.unmask.training.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An image of a data set.
 *
 * @param file the image file
 * @param fake whether it was generated, rather than photographed
 * @param source where it comes from, such as a generator or a collection of photographs; sources of
 *     the two classes may have the same name and are different ones
 * @param remade for a photograph, another file with the same picture as a generator would have made
 *     it, to train with
 */
public record FaceImage(Path file, boolean fake, String source, Optional<Path> remade) {

  /**
   * Checks what fits together.
   *
   * @throws IllegalArgumentException if a generated image is said to have been remade
   */
  public FaceImage {
    if (fake && remade.isPresent()) {
      throw new IllegalArgumentException(file + ": only photographs are remade");
    }
  }

  /** An image that was not remade. */
  public FaceImage(Path file, boolean fake, String source) {
    this(file, fake, source, Optional.empty());
  }

  /** The same with another picture of it. */
  FaceImage withRemade(Path other) {
    return new FaceImage(file, fake, source, Optional.of(other));
  }
}
