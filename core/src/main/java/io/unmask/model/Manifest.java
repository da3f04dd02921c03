package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.json.Json;
import io.unmask.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code unmask.json} beside model files, which says what they do not say themselves. Its
 * format is described in docs/models.md.
 */
final class Manifest {

  /** The name of the file. */
  static final String FILE_NAME = "unmask.json";

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  private Manifest() {}

  /**
   * What the manifest beside a model file, if there is one, says about that file.
   *
   * @throws ModelFormatException if the manifest is not well formed, has an unknown key or version,
   *     or speaks of a file that is not there
   */
  static Settings settingsFor(Path modelFile) {
    Path folder = modelFile.toAbsolutePath().getParent();
    @Nullable Path name = modelFile.getFileName();
    if (folder == null || name == null || !Files.exists(folder.resolve(FILE_NAME))) {
      return Settings.NONE;
    }
    Path manifest = folder.resolve(FILE_NAME);
    try {
      return settings(Json.parse(read(manifest)), folder, name.toString());
    } catch (JsonException e) {
      throw new ModelFormatException(manifest + ": " + e.getMessage(), e);
    }
  }

  private static Settings settings(Json json, Path folder, String name) {
    Json version = json.get("version");
    if (version.integer() != VERSION) {
      throw version.unexpected(VERSION + ", the only version that this release knows");
    }
    Settings common = Settings.parse(json, "version", "models");
    Settings own = Settings.NONE;
    if (json.has("models")) {
      Json models = json.get("models");
      for (String entry : models.keys()) {
        Settings settings = Settings.parse(models.get(entry));
        // A misspelt entry would silently turn verdicts round.
        if (!isFileIn(folder, entry)) {
          throw models.unexpected(
              "the names of files beside it", "has '" + entry + "', which is not there");
        }
        if (entry.equals(name)) {
          own = settings;
        }
      }
    }
    return own.orElse(common);
  }

  private static boolean isFileIn(Path folder, String entry) {
    try {
      Path file = folder.resolve(entry);
      return folder.equals(file.getParent()) && Files.exists(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static byte[] read(Path manifest) {
    try (InputStream stream = Files.newInputStream(manifest)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ModelFormatException(manifest + ": larger than 1 MiB, which is no manifest");
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelFormatException(manifest + ": cannot be read: " + e, e);
    }
  }
}
