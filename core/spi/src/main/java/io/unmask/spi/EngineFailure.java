package io.unmask.spi;

import io.unmask.error.BackendException;
import io.unmask.error.DetectorException;
import io.unmask.error.Explanation;
import java.util.regex.Pattern;

/** Turns what engines throw into exceptions that say what is wrong and what to do about it. */
public final class EngineFailure {

  /**
   * Kinds of failure, told by the names of exceptions rather than their types: what a class could
   * not be initialised for is text in an {@link ExceptionInInitializerError} from the second
   * attempt on.
   */
  private enum Kind {
    MEMORY(
        "OutOfMemoryError",
        Explanation.MEMORY,
        "there is not enough memory: raise Java's limits, or use fewer threads at a time"),
    MISSING(
        "(NoClassDefFoundError: (?!Could not initialize)|ClassNotFoundException"
            + "|TypeNotPresentException)",
        Explanation.MISSING_JAR,
        "the class path lacks that class: add the jar that has it"),
    OTHER_VERSION(
        "(NoSuchMethodError|NoSuchFieldError|AbstractMethodError|IncompatibleClassChangeError)",
        Explanation.VERSIONS,
        "the class path has another version of that class: keep the newer one alone");

    private final Pattern exception;
    private final Explanation explanation;
    private final String remedy;

    Kind(String exception, Explanation explanation, String remedy) {
      this.exception = Pattern.compile("\\bjava\\.lang\\." + exception);
      this.explanation = explanation;
      this.remedy = remedy;
    }
  }

  private EngineFailure() {}

  /**
   * Returns the exception for an engine that fails while it compiles or runs a network.
   *
   * @param what what failed, such as {@code Backend 'cpu' cannot compile network 'face'}
   * @param failure what the engine, or Java on its behalf, threw
   * @return an exception with the failure as its cause; or the failure itself, if it already is a
   *     {@link DetectorException}
   */
  public static DetectorException of(String what, Throwable failure) {
    return failure instanceof DetectorException known
        ? known
        : of(what, failure, Explanation.ENGINE, "");
  }

  /**
   * Returns the exception for an engine that cannot be loaded.
   *
   * @param what what failed, such as {@code Backend 'cpu' cannot load oneDNN}
   * @param failure what was thrown
   * @param remedy what to do if it is a native library that cannot be unpacked or loaded
   */
  public static BackendException loading(String what, Throwable failure, String remedy) {
    return of(what, failure, Explanation.NATIVE_LOADING, "; " + remedy);
  }

  private static BackendException of(
      String what, Throwable failure, Explanation otherwise, String remedy) {
    if (ThreadLimit.isBehind(failure)) {
      return new BackendException(Explanation.MEMORY, what + ": " + ThreadLimit.remedy(), failure);
    }
    String message = what + ": " + reason(failure);
    for (Throwable e = failure; e != null; e = e.getCause()) {
      for (Kind kind : Kind.values()) {
        if (kind.exception.matcher(e.toString()).find()) {
          return new BackendException(kind.explanation, message + "; " + kind.remedy, failure);
        }
      }
    }
    return new BackendException(otherwise, message + remedy, failure);
  }

  /**
   * What a failure comes from, in one line: the innermost cause, since those around it may say no
   * more than that a class could not be initialised.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (message == null) {
      return cause.toString();
    }
    String line = message.lines().findFirst().orElse("");
    if (cause instanceof ExceptionInInitializerError) {
      return line.replaceFirst("^Exception ", "").replaceFirst(" *\\[in thread .*]$", "");
    }
    return cause instanceof RuntimeException ? line : cause.getClass().getName() + ": " + line;
  }
}
