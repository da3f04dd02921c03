package io.unmask.model;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.json.Json;
import io.unmask.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes manifests. What it writes, it reads as an equal manifest. */
public final class ManifestFile {

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  private ManifestFile() {}

  /**
   * The manifest in a folder or among resources, if there is one.
   *
   * @throws ModelFormatException if it is not well formed, has an unknown key or version, or speaks
   *     of a file that is not there
   */
  public static Optional<Manifest> read(ModelFolder folder) {
    if (!folder.has(Manifest.FILE_NAME)) {
      requireAbsent(folder);
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Json.parse(bytes(folder)), folder));
    } catch (JsonException e) {
      throw new ModelFormatException(where(folder) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a manifest into a folder, in place of one that is there.
   *
   * @return the file
   * @throws IOException if it cannot be written; one that was there is then as before
   * @throws IllegalArgumentException if it holds something that no manifest has room for
   */
  public static Path write(Path folder, Manifest manifest) throws IOException {
    Path file = folder.resolve(Manifest.FILE_NAME);
    byte[] bytes = bytes(manifest);
    WholeFile.write(file, stream -> stream.write(bytes));
    return file;
  }

  /**
   * Writes a manifest into a folder, unless there is one.
   *
   * @return the file; empty if there is something of that name, which is left as it is
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if it holds something that no manifest has room for
   */
  public static Optional<Path> create(Path folder, Manifest manifest) throws IOException {
    Path file = folder.resolve(Manifest.FILE_NAME);
    byte[] bytes = bytes(manifest);
    return WholeFile.create(file, stream -> stream.write(bytes))
        ? Optional.of(file)
        : Optional.empty();
  }

  /** What the manifest of a folder is called in messages. */
  public static String where(ModelFolder folder) {
    return folder.where(Manifest.FILE_NAME);
  }

  private static Manifest parse(Json json, ModelFolder folder) {
    Json version = json.get("version");
    if (version.integer() != VERSION) {
      throw version.unexpected(VERSION + ", the only version that this release knows");
    }
    Manifest.Builder manifest = Manifest.builder();
    manifest.common(
        SettingsJson.parse(json, "version", "models", "members", "fusion", "weights", "maxSpread"));
    SettingsJson.optional(json, "models")
        .ifPresent(
            models ->
                byFile(models, folder)
                    .forEach((name, each) -> manifest.model(name, SettingsJson.parse(each))));
    SettingsJson.optional(json, "members")
        .ifPresent(members -> manifest.members(members(members, folder)));
    SettingsJson.optional(json, "fusion").ifPresent(rule -> manifest.fusion(rule.string()));
    SettingsJson.optional(json, "weights")
        .ifPresent(weights -> manifest.weights(weights(weights, folder)));
    SettingsJson.optional(json, "maxSpread")
        .ifPresent(spread -> manifest.maxSpread(SettingsJson.probability(spread)));
    return manifest.build();
  }

  private static byte[] bytes(Manifest manifest) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", VERSION);
    if (!manifest.members().isEmpty()) {
      members.put("members", manifest.members());
    }
    manifest.fusion().ifPresent(rule -> members.put("fusion", rule));
    manifest.weights().ifPresent(weights -> members.put("weights", weights));
    manifest.maxSpread().ifPresent(spread -> members.put("maxSpread", spread));
    SettingsJson.write(manifest.common(), members);
    if (!manifest.models().isEmpty()) {
      Map<String, Object> models = new LinkedHashMap<>();
      manifest
          .models()
          .forEach(
              (name, settings) -> {
                Map<String, Object> own = new LinkedHashMap<>();
                SettingsJson.write(settings, own);
                models.put(name, own);
              });
      members.put("models", models);
    }
    return Json.of(members).toDocument().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> members(Json json, ModelFolder folder) {
    List<Json> names = json.elements();
    if (names.isEmpty()) {
      throw json.unexpected("the names of model files beside it");
    }
    List<String> members = new ArrayList<>();
    for (Json each : names) {
      String name = listed(json, each.string(), folder);
      if (members.contains(name)) {
        throw twice(json, name);
      }
      members.add(name);
    }
    return members;
  }

  private static Map<String, Double> weights(Json json, ModelFolder folder) {
    Map<String, Double> weights = new LinkedHashMap<>();
    byFile(json, folder)
        .forEach(
            (name, weight) -> {
              if (!Manifest.Builder.isWeight(weight.number())) {
                throw weight.unexpected("a number above 0");
              }
              weights.put(name, weight.number());
            });
    return weights;
  }

  /** The members of an object, by the names of the files that they speak of. */
  private static Map<String, Json> byFile(Json json, ModelFolder folder) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String key : json.keys()) {
      String name = listed(json, key, folder);
      if (members.put(name, json.get(key)) != null) {
        throw twice(json, name);
      }
    }
    return members;
  }

  /** The name of a file as it is listed. A misspelt one would silently turn verdicts round. */
  private static String listed(Json json, String name, ModelFolder folder) {
    if (!folder.has(name)) {
      throw json.unexpected("names of files beside it", "has '" + name + "', which is not there");
    }
    return folder.listed(name);
  }

  private static JsonException twice(Json json, String name) {
    return json.unexpected("different files", "has '" + name + "' twice");
  }

  /** What is there under its name and is no file must not count as silence. */
  private static void requireAbsent(ModelFolder folder) {
    @Nullable Path file = folder.path(Manifest.FILE_NAME).orElse(null);
    if (file == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String found =
        Files.isSymbolicLink(file)
            ? "a link that leads to no file"
            : Files.isDirectory(file) ? "a folder" : "no regular file";
    throw new ModelFormatException(
        file + ": is " + found + ", expected a manifest; mend it, or take it away");
  }

  private static byte[] bytes(ModelFolder folder) {
    try (InputStream stream = folder.open(Manifest.FILE_NAME)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ModelFormatException(where(folder) + ": larger than 1 MiB, which is no manifest");
      }
      return bytes;
    } catch (IOException e) {
      if (InterruptionException.isBehind(e)) {
        throw new InterruptionException(where(folder), e);
      }
      throw new ModelFormatException(where(folder) + ": cannot be read: " + FileFault.reason(e), e);
    }
  }
}
