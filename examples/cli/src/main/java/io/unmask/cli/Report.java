package io.unmask.cli;

import io.unmask.Classification;
import java.nio.file.Path;

/** Prints results, one a line, as they come. */
interface Report {

  /** An image was classified. */
  void classified(Path file, Classification result);

  /**
   * An image could not be classified.
   *
   * @param reason why, without the file's name
   */
  void failed(Path file, String reason);
}
