package io.unmask.error;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it read a file, and gave up. Nothing is wrong with the
 * file, and no other thread notices. The thread's interrupt flag is set, as with Java's own {@link
 * java.nio.channels.ClosedByInterruptException}; clear it with {@link Thread#interrupted()} before
 * another attempt.
 */
public final class InterruptionException extends DetectorException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception, and sets the interrupt flag of the calling thread.
   *
   * @param what what was not finished, such as a file's name
   */
  public InterruptionException(String what, @Nullable Throwable cause) {
    super(
        what + ": the thread was interrupted while it was reading; nothing is wrong, read it again",
        cause);
    Thread.currentThread().interrupt();
  }

  /** Whether a failure to read, or one of its causes, is that the thread was interrupted. */
  public static boolean isBehind(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof java.nio.channels.ClosedByInterruptException
          || cause instanceof java.nio.channels.FileLockInterruptionException
          || cause instanceof InterruptionException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
