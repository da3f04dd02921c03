package io.unmask.error;

import java.util.Locale;

/**
 * The sections of {@code docs/errors.md} that messages link to: what can be done about an error.
 * The jar carries the pages as {@code META-INF/docs}.
 */
public enum Explanation {
  /** No backend, or not the one that was asked for, is on the class path or can be used. */
  NO_BACKEND,
  /** Faces are to be judged, and nothing finds them. */
  NO_FACE_FINDER,
  /** Nothing of that name opens detectors. */
  NO_PROVIDER,
  /** There is no preprocessor of that name. */
  NO_PREPROCESSOR,
  /** The class path has no native library for this platform. */
  NATIVE_LIBRARY,
  /** A native library is there, but cannot be unpacked or loaded. */
  NATIVE_LOADING,
  /** The class path lacks classes that an engine needs. */
  MISSING_JAR,
  /** The class path has another version of a library than an engine needs. */
  VERSIONS,
  /** A GPU was asked for and cannot be used. */
  GPU,
  /** A precision was asked for and cannot be had. */
  PRECISION,
  /** There is not enough memory, of Java's or of the system's. */
  MEMORY,
  /** The engine refuses a network, or fails at work. */
  ENGINE;

  /** Where the section is, such as {@code docs/errors.md#no-backend}. */
  public String link() {
    return "docs/errors.md#" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
