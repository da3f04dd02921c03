package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What opens detectors, of all that the class path offers. */
final class DetectorProviders {

  private DetectorProviders() {}

  /**
   * The provider that was named, or else the one with the highest priority.
   *
   * @param aloud whether the log is told what is broken
   * @throws BackendException if there is none of that name
   */
  static DetectorProvider select(DetectorSettings settings, boolean aloud) {
    Providers<DetectorProvider> providers =
        Providers.find(DetectorProvider.class, DetectorProvider::name);
    if (aloud) {
      providers.warn();
    }
    return select(settings.provider(), providers);
  }

  static DetectorProvider select(Optional<Choice> choice, Providers<DetectorProvider> providers) {
    if (choice.isPresent()) {
      Choice named = choice.get();
      return providers
          .named(named.name())
          .map(Providers.Found::provider)
          .orElseThrow(
              () ->
                  new BackendException(
                      Explanation.NO_PROVIDER,
                      "there is no provider '%s' of detectors (asked for by %s): the class path offers %s%s; add the dependency that brings it"
                          .formatted(
                              named.name(),
                              named.origin(),
                              providers.names(),
                              providers.describeFaults()),
                      null));
    }
    List<DetectorProvider> found =
        providers.found().stream().map(Providers.Found::provider).toList();
    return found.stream()
        .max(Comparator.comparingInt(DetectorProviders::priority))
        // Where jars were merged without their services, this artifact's own is there all the same.
        .orElseGet(NetworkProvider::new);
  }

  /** A broken provider should not hide the others. */
  private static int priority(DetectorProvider provider) {
    try {
      return provider.priority();
    } catch (RuntimeException | LinkageError e) {
      return Integer.MIN_VALUE;
    }
  }
}
