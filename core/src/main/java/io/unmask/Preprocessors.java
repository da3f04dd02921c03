package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.spi.Preprocessor;
import java.util.Optional;

/** The preprocessors that the class path offers. */
final class Preprocessors {

  /**
   * What is used when nobody chooses. There are no priorities: preprocessors differ in the last
   * digits of a probability, which must not change because a jar was added.
   */
  private static final String DEFAULT = "java";

  private Preprocessors() {}

  /**
   * The preprocessor of the chosen name, or the default.
   *
   * @throws BackendException if there is none of that name
   */
  static Preprocessor select(Optional<Choice> choice, Providers<Preprocessor> providers) {
    String name = choice.map(Choice::name).orElse(DEFAULT);
    String asked = choice.map(c -> " (asked for by " + c.origin() + ")").orElse("");
    return providers
        .named(name)
        .map(Providers.Found::provider)
        .orElseThrow(
            () ->
                new BackendException(
                    Explanation.NO_PREPROCESSOR,
                    ("there is no preprocessor '%s'%s: the class path offers %s%s; add the"
                            + " dependency that brings it, and if it is there already, inside a"
                            + " merged jar, see that the META-INF/services files were merged as"
                            + " well")
                        .formatted(name, asked, providers.names(), providers.describeFaults()),
                    null));
  }
}
