package io.unmask.jhdf.log;

import org.jspecify.annotations.Nullable;

/** The methods of SLF4J's logger that jHDF calls, which do nothing. */
@SuppressWarnings("unused")
public interface Logger {

  /** No. */
  default boolean isTraceEnabled() {
    return false;
  }

  /** No. */
  default boolean isDebugEnabled() {
    return false;
  }

  /** Nothing. */
  default void trace(String message) {}

  /** Nothing. */
  default void trace(String format, @Nullable Object value) {}

  /** Nothing. */
  default void trace(String format, @Nullable Object first, @Nullable Object second) {}

  /** Nothing. */
  default void trace(String format, @Nullable Object... values) {}

  /** Nothing. */
  default void debug(String message) {}

  /** Nothing. */
  default void debug(String format, @Nullable Object value) {}

  /** Nothing. */
  default void debug(String format, @Nullable Object first, @Nullable Object second) {}

  /** Nothing. */
  default void debug(String format, @Nullable Object... values) {}

  /** Nothing. */
  default void info(String message) {}

  /** Nothing. */
  default void info(String format, @Nullable Object value) {}

  /** Nothing. */
  default void info(String format, @Nullable Object first, @Nullable Object second) {}

  /** Nothing. */
  default void info(String format, @Nullable Object... values) {}

  /** Nothing. */
  default void warn(String message) {}

  /** Nothing. */
  default void warn(String format, @Nullable Object value) {}

  /** Nothing. */
  default void warn(String format, @Nullable Object first, @Nullable Object second) {}
}
