package io.unmask;

import io.unmask.error.DetectorException;
import java.nio.file.Path;
import java.util.Optional;

/** What came of one of many files: a classification, or the reason why there is none. */
public sealed interface Outcome {

  /** The image file, as it was given. */
  Path file();

  /** The classification, if there is one. */
  default Optional<Classification> classification() {
    return this instanceof Classified classified
        ? Optional.of(classified.result())
        : Optional.empty();
  }

  /**
   * The file was classified.
   *
   * @param file the image file
   * @param result what the detector says
   */
  record Classified(Path file, Classification result) implements Outcome {}

  /**
   * The file could not be classified.
   *
   * @param file the image file
   * @param error why; its message names the file
   */
  record Failed(Path file, DetectorException error) implements Outcome {}
}
