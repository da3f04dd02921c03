package io.unmask.model;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code unmask.json} beside model files, which says what they do not say themselves. Its
 * format is described in docs/models.md. What it leaves out is empty here, which is not the same as
 * a default that it states: manifests that are used together may not contradict each other, and
 * silence contradicts nobody. Immutable.
 */
public final class Manifest {

  /** The name of the file. */
  public static final String FILE_NAME = "unmask.json";

  static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  private final ModelFolder folder;
  private final Settings common;
  private final Map<String, Settings> models = new LinkedHashMap<>();
  private final List<String> members = new ArrayList<>();
  private final Optional<String> fusion;
  private final Optional<Map<String, Double>> weights;
  private final Optional<Double> maxSpread;

  private Manifest(ModelFolder folder, Json json) {
    this.folder = folder;
    Json version = json.get("version");
    if (version.integer() != VERSION) {
      throw version.unexpected(VERSION + ", the only version that this release knows");
    }
    common = Settings.parse(json, "version", "models", "members", "fusion", "weights", "maxSpread");
    Settings.optional(json, "models").ifPresent(this::addModels);
    Settings.optional(json, "members").ifPresent(this::addMembers);
    fusion = Settings.optional(json, "fusion").map(Json::string);
    weights = Settings.optional(json, "weights").map(this::weights);
    maxSpread = Settings.optional(json, "maxSpread").map(Settings::probability);
  }

  /**
   * The manifest in a folder or among resources, if there is one.
   *
   * @throws ModelFormatException if it is not well formed, has an unknown key or version, or speaks
   *     of a file that is not there
   */
  public static Optional<Manifest> in(ModelFolder folder) {
    if (!folder.has(FILE_NAME)) {
      requireAbsent(folder);
      return Optional.empty();
    }
    try {
      return Optional.of(new Manifest(folder, Json.parse(read(folder))));
    } catch (JsonException e) {
      throw new ModelFormatException(folder.where(FILE_NAME) + ": " + e.getMessage(), e);
    }
  }

  /** What is there under its name and is no file must not count as silence. */
  private static void requireAbsent(ModelFolder folder) {
    Optional<Path> file = folder.path(FILE_NAME);
    if (file.isEmpty() || !Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String found =
        Files.isSymbolicLink(file.get())
            ? "a link that leads to no file"
            : Files.isDirectory(file.get()) ? "a folder" : "no regular file";
    throw new ModelFormatException(
        file.get() + ": is " + found + ", expected a manifest; mend it, or take it away");
  }

  /** What the file itself is called in messages. */
  public String where() {
    return folder.where(FILE_NAME);
  }

  /** The names of the files that are used together, in order; empty if it does not list them. */
  public List<String> members() {
    return List.copyOf(members);
  }

  /** The name of the rule that makes one probability of several. */
  public Optional<String> fusion() {
    return fusion;
  }

  /** The weights of members in a weighted mean, by the file's name, each above 0. */
  public Optional<Map<String, Double>> weights() {
    return weights;
  }

  /** The threshold for the models of the folder together. */
  public Optional<Double> threshold() {
    return common.threshold();
  }

  /** What is done to the probability of the models of the folder together. */
  public Optional<Calibration> calibration() {
    return common.calibration();
  }

  /** Which probabilities of the models of the folder together are too close to call. */
  public Optional<Uncertainty.Band> band() {
    return common.band();
  }

  /** How far the members may be apart, in [0, 1], before an image is left undecided. */
  public Optional<Double> maxSpread() {
    return maxSpread;
  }

  /** Whether the models of the folder together also see each image mirrored, if it says so. */
  public Optional<Boolean> mirrored() {
    return common.mirrored();
  }

  /** What of a photo the models of the folder together are shown, if it says so. */
  public Optional<Views> views() {
    return common.views();
  }

  /** What images the models of the folder together are for. */
  public Optional<Expectation> expectation() {
    return common.expectation();
  }

  /** What it says to people about all files, by the place in the manifest where it says that. */
  public Map<String, String> notes() {
    return common.notes();
  }

  /** What it says to people about one file alone, likewise. */
  public Map<String, String> notes(String name) {
    return models.getOrDefault(folder.listed(name), Settings.NONE).notes();
  }

  /** What it says about a file. */
  Settings settings(String name) {
    return models.getOrDefault(folder.listed(name), Settings.NONE).orElse(common);
  }

  private void addModels(Json json) {
    Map<String, Settings> parsed = new LinkedHashMap<>();
    json.keys().forEach(name -> parsed.put(name, Settings.parse(json.get(name))));
    parsed.forEach((name, settings) -> put(models, listed(json, name), settings, json));
  }

  private void addMembers(Json json) {
    List<Json> names = json.elements();
    if (names.isEmpty()) {
      throw json.unexpected("the names of model files beside it");
    }
    for (Json each : names) {
      String name = listed(json, each.string());
      if (members.contains(name)) {
        throw twice(json, name);
      }
      members.add(name);
    }
  }

  private Map<String, Double> weights(Json json) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String name : json.keys()) {
      put(weights, listed(json, name), weight(json.get(name)), json);
    }
    return Collections.unmodifiableMap(weights);
  }

  private static double weight(Json json) {
    double weight = json.number();
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw json.unexpected("a number above 0");
    }
    return weight;
  }

  /** The name of a file as it is listed. A misspelt one would silently turn verdicts round. */
  private String listed(Json json, String name) {
    if (!folder.has(name)) {
      throw json.unexpected("names of files beside it", "has '" + name + "', which is not there");
    }
    return folder.listed(name);
  }

  private static <T> void put(Map<String, T> map, String name, T value, Json json) {
    if (map.put(name, value) != null) {
      throw twice(json, name);
    }
  }

  private static JsonException twice(Json json, String name) {
    return json.unexpected("different files", "has '" + name + "' twice");
  }

  private static byte[] read(ModelFolder folder) {
    try (InputStream stream = folder.open(FILE_NAME)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ModelFormatException(
            folder.where(FILE_NAME) + ": larger than 1 MiB, which is no manifest");
      }
      return bytes;
    } catch (IOException e) {
      if (InterruptionException.isBehind(e)) {
        throw new InterruptionException(folder.where(FILE_NAME), e);
      }
      throw new ModelFormatException(
          folder.where(FILE_NAME) + ": cannot be read: " + FileFault.reason(e), e);
    }
  }
}
