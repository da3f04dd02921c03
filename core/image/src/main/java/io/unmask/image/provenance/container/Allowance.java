package io.unmask.image.provenance.container;

/** How much may still be read of a file for its metadata. Used by one thread. */
final class Allowance {

  private long left;

  Allowance(long bytes) {
    this.left = bytes;
  }

  /** Takes some of it. */
  void take(long bytes) throws DamagedException {
    if (bytes > left) {
      left = 0;
      throw new DamagedException(
          "there is more of it than the %d MiB that are read".formatted(FileBytes.MOST >> 20));
    }
    left -= bytes;
  }

  long left() {
    return left;
  }
}
