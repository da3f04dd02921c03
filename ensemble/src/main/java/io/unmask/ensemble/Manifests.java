package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The manifests beside the members, one a folder, which must not contradict each other. Immutable.
 */
final class Manifests {

  /** By where they are, or would be. */
  private final Map<String, Optional<Manifest>> byPlace = new LinkedHashMap<>();

  /** The manifests beside the given files. */
  Manifests(List<ModelLocation> files) {
    for (ModelLocation file : files) {
      byPlace.computeIfAbsent(place(file), place -> file.manifest());
    }
  }

  /** The manifest beside a file, if there is one. */
  Optional<Manifest> beside(ModelLocation file) {
    return byPlace.getOrDefault(place(file), Optional.empty());
  }

  private static String place(ModelLocation file) {
    return ManifestFile.where(file.folder());
  }

  /**
   * What the folders say about all models together, if any says so. A folder without a manifest,
   * and a manifest that leaves something out, say nothing; one that states a default does.
   *
   * @param what the key, for the message
   * @throws ModelFormatException if two say different things
   */
  <T> Optional<T> agreed(String what, Function<Manifest, Optional<T>> value) {
    return agreed(what, (place, manifest) -> value.apply(manifest));
  }

  /**
   * The same.
   *
   * @param value of a manifest and what it is called in messages
   */
  <T> Optional<T> agreed(String what, BiFunction<String, Manifest, Optional<T>> value) {
    @Nullable String first = null;
    Optional<T> agreed = Optional.empty();
    for (Map.Entry<String, Optional<Manifest>> each : byPlace.entrySet()) {
      Optional<T> said = each.getValue().flatMap(manifest -> value.apply(each.getKey(), manifest));
      if (said.isEmpty()) {
        continue;
      }
      if (first != null && !said.equals(agreed)) {
        throw new ModelFormatException(
            "%s and %s say different things about '%s'; models that are used together need one"
                    .formatted(first, each.getKey(), what)
                + " answer: put them into one folder with one manifest");
      }
      first = each.getKey();
      agreed = said;
    }
    return agreed;
  }
}
