package io.unmask.model;

import io.unmask.keras.KerasSeries;
import io.unmask.spi.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Model files that are used together. What they have in common is read once, where they lie on the
 * disk; see {@link KerasSeries}. Thread-safe.
 */
public final class ModelSeries {

  private final List<ModelLocation> files;
  private final @Nullable KerasSeries networks;

  /** Begins to read the files, in the background. */
  public ModelSeries(List<ModelLocation> files) {
    this.files = List.copyOf(files);
    List<Path> paths =
        files.stream()
            .map(file -> file.folder().path(file.name()))
            .flatMap(Optional::stream)
            .toList();
    networks = paths.size() == files.size() ? new KerasSeries(paths) : null;
  }

  /**
   * Reads one of the files, as {@link ModelFile#read(ModelLocation, Asked)} does.
   *
   * @param index its place among them
   * @param asked what the user says
   */
  public Model read(int index, Asked asked) {
    ModelLocation file = files.get(index);
    return networks == null
        ? ModelFile.read(file, asked)
        : ModelFile.read(file, asked, () -> networks.read(index));
  }
}
