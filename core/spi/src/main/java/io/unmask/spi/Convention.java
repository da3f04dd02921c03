package io.unmask.spi;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a model that is not in its network but must be known to use it, such as the
 * scaling of pixels; and how it is known. Immutable.
 *
 * @param name the name of the fact, such as {@code scaling}
 * @param value the value, in words, such as {@code unit, v / 255}
 * @param origin how the value is known
 * @param reason who gave it, where it was found, or why it is assumed
 */
public record Convention(String name, String value, Origin origin, String reason) {

  /** How a convention is known. */
  public enum Origin {
    /** The user or a manifest gives it. */
    SAID,
    /** The network shows it. */
    FOUND,
    /** It is the default, because nobody gives another. */
    ASSUMED
  }

  // Written out, for what Java makes of a record at run time costs milliseconds of each start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Convention that
        && name.equals(that.name)
        && value.equals(that.value)
        && origin == that.origin
        && reason.equals(that.reason);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value, origin, reason);
  }

  /** In words, such as {@code scaling: v / 255 (assumed: the reference's)}. */
  @Override
  public String toString() {
    return "%s: %s (%s: %s)".formatted(name, value, origin.name().toLowerCase(Locale.ROOT), reason);
  }
}
