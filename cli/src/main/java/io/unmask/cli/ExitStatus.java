package io.unmask.cli;

/** What the command tells the shell. Scripts rely on it. */
final class ExitStatus {

  /** All went well. */
  static final int OK = 0;

  /** Some image or model failed; the rest was dealt with. */
  static final int SOME_FAILED = 1;

  /** Nothing could run: wrong usage, no model, no backend. */
  static final int NOTHING_RAN = 2;

  private ExitStatus() {}
}
