package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The manifests beside the members, one a folder, which must not contradict each other. Immutable.
 */
final class Manifests {

  private final Map<Path, Optional<Manifest>> byFolder = new LinkedHashMap<>();

  /** The manifests beside the given files. */
  Manifests(List<Path> files) {
    for (Path file : files) {
      byFolder.computeIfAbsent(folder(file), folder -> Manifest.beside(file));
    }
  }

  /** The manifest beside a file, if there is one. */
  Optional<Manifest> beside(Path file) {
    return Objects.requireNonNullElse(byFolder.get(folder(file)), Optional.empty());
  }

  /**
   * What the folders say about all models together. A folder without a manifest says nothing.
   *
   * @param what the key, for the message
   * @throws ModelFormatException if two say different things
   */
  <T> T agreed(String what, Function<Manifest, T> value, T nothing) {
    @Nullable Manifest first = null;
    T agreed = nothing;
    for (Optional<Manifest> manifest : byFolder.values()) {
      T said = manifest.map(value).orElse(nothing);
      if (manifest.isEmpty() || said.equals(nothing)) {
        continue;
      }
      if (first != null && !said.equals(agreed)) {
        throw new ModelFormatException(
            "%s and %s say different things about '%s'; models that are used together need one"
                    .formatted(first.file(), manifest.get().file(), what)
                + " answer: put them into one folder with one manifest");
      }
      first = manifest.get();
      agreed = said;
    }
    return agreed;
  }

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
  }
}
