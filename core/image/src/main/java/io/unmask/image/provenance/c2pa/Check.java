package io.unmask.image.provenance.c2pa;

/**
 * What came of a check.
 *
 * @param state in one word
 * @param reason in words that complete "signature invalid: ", or what was not checked and why;
 *     empty if it is valid
 */
public record Check(State state, String reason) {

  /** What came of it. */
  public enum State {
    /** All that was signed is as it was. */
    VALID,
    /** Something is not as it was. */
    INVALID,
    /** Something could not be checked, and nothing else is wrong. */
    UNCHECKED,
    /** There is no signature. */
    UNSIGNED
  }

  static final Check VALID = new Check(State.VALID, "");

  static Check invalid(String reason) {
    return new Check(State.INVALID, reason);
  }

  static Check unchecked(String reason) {
    return new Check(State.UNCHECKED, reason);
  }
}
