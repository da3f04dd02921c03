package io.unmask.spi;

/**
 * One thing that has to be known about a model beside its network, and how it is known. Immutable.
 *
 * @param name what it is about, such as {@code scaling}
 * @param value what holds, in words, such as {@code unit, v / 255}
 * @param origin how that is known
 * @param reason who said it, where it was found, or why it is assumed
 */
public record Convention(String name, String value, Origin origin, String reason) {

  /** How something is known. */
  public enum Origin {
    /** The user or a manifest says so. */
    SAID,
    /** The network shows it. */
    FOUND,
    /** Nobody says anything else. */
    ASSUMED
  }

  /** In words, such as {@code scaling: v / 255 (assumed: the reference's)}. */
  @Override
  public String toString() {
    return "%s: %s (%s: %s)"
        .formatted(name, value, origin.name().toLowerCase(java.util.Locale.ROOT), reason);
  }
}
