package io.unmask;

import io.unmask.error.DetectorException;
import java.util.Optional;

/**
 * The result for one of many images: a classification, or the error that prevented it.
 *
 * @param <T> the type that the images are given as, such as {@link java.nio.file.Path}
 */
public sealed interface Outcome<T> {

  /** The image, as it was given. */
  T source();

  /** The classification, if there is one. */
  default Optional<Classification> classification() {
    return this instanceof Classified<T> classified
        ? Optional.of(classified.result())
        : Optional.empty();
  }

  /**
   * The image was classified.
   *
   * @param source the image, as it was given
   * @param result the classification
   */
  record Classified<T>(T source, Classification result) implements Outcome<T> {}

  /**
   * The image could not be classified.
   *
   * @param source the image, as it was given
   * @param error why it could not be classified; the message names the image
   */
  record Failed<T>(T source, DetectorException error) implements Outcome<T> {}
}
