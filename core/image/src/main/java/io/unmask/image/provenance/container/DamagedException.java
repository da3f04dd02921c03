package io.unmask.image.provenance.container;

/** Metadata is not what its format says, or there is more of it than is read. */
public final class DamagedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param reason in words that complete "unreadable: "
   */
  public DamagedException(String reason) {
    super(reason, null, false, false); // many are made of damaged files, and nobody reads the trace
  }

  /** What is wrong, in words that complete "unreadable: ". */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
