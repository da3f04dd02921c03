package io.unmask.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong for reasons other than the caller's own mistakes (those
 * are {@link IllegalArgumentException} and {@link IllegalStateException}).
 *
 * <p>Every message is one line that names the file or part concerned, says what was expected and
 * what was found, and what to do about it. Where there is more to be said than fits, it ends with a
 * link to one of the {@linkplain Explanation sections} of {@code docs/errors.md}.
 */
public abstract sealed class DetectorException extends RuntimeException
    permits BackendException,
        ImageException,
        InterruptionException,
        ModelFormatException,
        UnsupportedLayerException {

  private static final long serialVersionUID = 1L;

  DetectorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
