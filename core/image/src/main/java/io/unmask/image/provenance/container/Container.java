package io.unmask.image.provenance.container;

/** Goes through a file of one format. */
interface Container {

  /** Whether a file begins as this format does. */
  boolean matches(FileBytes file) throws DamagedException;

  /**
   * Hands out the pieces of metadata in a file, in its order.
   *
   * @throws DamagedException if the file ends or goes wrong; what was found before was handed out
   */
  void read(FileBytes file, Finds found) throws DamagedException;
}
