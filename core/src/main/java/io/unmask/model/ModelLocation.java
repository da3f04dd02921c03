package io.unmask.model;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a model file is. Immutable.
 *
 * @param folder where it lies, with its manifest if it has one
 * @param name its name there
 */
public record ModelLocation(ModelFolder folder, String name) {

  /** A file on the disk, which need not be there. */
  public static ModelLocation of(Path file) {
    @Nullable Path name = file.getFileName();
    @Nullable Path parent = file.getParent();
    ModelFolder folder = ModelFolder.of(parent == null ? file.getFileSystem().getPath("") : parent);
    return new ModelLocation(
        folder, name == null ? file.toString() : folder.listed(name.toString()));
  }

  /** The manifest beside it, if there is one; as {@link ManifestFile#read}. */
  public Optional<Manifest> manifest() {
    return ManifestFile.read(folder);
  }

  /** What the manifest beside it says about it, if there is one; as {@link ManifestFile#read}. */
  public ModelSettings settings() {
    return manifest()
        .map(manifest -> manifest.settings(folder.listed(name)))
        .orElse(ModelSettings.NONE);
  }

  /** What it is called in messages: the path as it was given. */
  @Override
  public String toString() {
    return folder.where(name);
  }
}
