package io.unmask;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A provider chosen by its name.
 *
 * @param name the name
 * @param origin where the choice was made, for messages
 */
record Choice(String name, String origin) {

  /**
   * What the program says, else the system property {@code unmask.<kind>}, else the environment
   * variable {@code UNMASK_<KIND>}. Blank settings count as none.
   */
  static Optional<Choice> of(
      @Nullable String explicit, String kind, UnaryOperator<@Nullable String> environment) {
    if (explicit != null) {
      return Optional.of(new Choice(explicit, "the program or its options"));
    }
    String property = "unmask." + kind;
    String variable = "UNMASK_" + kind.toUpperCase(Locale.ROOT);
    return choice(System.getProperty(property), "the system property " + property)
        .or(() -> choice(environment.apply(variable), "the environment variable " + variable));
  }

  private static Optional<Choice> choice(@Nullable String name, String origin) {
    return name == null || name.isBlank()
        ? Optional.empty()
        : Optional.of(new Choice(name.strip(), origin));
  }
}
