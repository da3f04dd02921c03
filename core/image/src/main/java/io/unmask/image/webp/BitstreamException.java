package io.unmask.image.webp;

import java.io.IOException;

/** The bytes of a coded picture end too early, or contradict the specification. */
public final class BitstreamException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String words;
  private final boolean truncated;

  private BitstreamException(String words, boolean truncated) {
    super(words);
    this.words = words;
    this.truncated = truncated;
  }

  /** The data ends before that. */
  static BitstreamException truncated(String missing) {
    return new BitstreamException(missing, true);
  }

  /** The data contradicts the specification. */
  static BitstreamException malformed(String found) {
    return new BitstreamException(found, false);
  }

  /** What is missing, or what is wrong. */
  public String words() {
    return words;
  }

  /** Whether {@link #words()} say what is missing; else they say what is wrong. */
  public boolean isTruncated() {
    return truncated;
  }
}
