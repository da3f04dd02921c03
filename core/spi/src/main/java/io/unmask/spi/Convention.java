package io.unmask.spi;

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

  /** In words, such as {@code scaling: v / 255 (assumed: the reference's)}. */
  @Override
  public String toString() {
    return "%s: %s (%s: %s)"
        .formatted(name, value, origin.name().toLowerCase(java.util.Locale.ROOT), reason);
  }
}
