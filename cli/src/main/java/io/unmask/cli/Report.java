package io.unmask.cli;

import io.unmask.Classification;

/** Prints results, one a line, as they come. */
interface Report {

  /** An image was classified. */
  void classified(String file, Classification result);

  /**
   * An image could not be classified.
   *
   * @param reason why, without the file's name
   */
  void failed(String file, String reason);
}
