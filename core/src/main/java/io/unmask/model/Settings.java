package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Expectation;
import io.unmask.spi.Expectation.Aspect;
import io.unmask.spi.Uncertainty.Band;
import io.unmask.spi.Views;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a manifest says about a model, or about all models of a folder.
 *
 * @param fakeClass the class that means fake, if it says so
 * @param calibration what is done to the probability, if it says so
 * @param threshold an image is fake if its probability is above this, if it says so
 * @param band which probabilities are too close to call, if it says so
 * @param inputSize the size that images must have, if it says so
 * @param conventions how a photo becomes numbers, and what the classes are called
 * @param views what of a photo the network is shown, if it says anything about that
 * @param mirrored whether the network also sees each image mirrored, if it says so
 * @param expectation what images the model is for, if it says so
 * @param notes what it says to people, by where it says that
 */
record Settings(
    Optional<Integer> fakeClass,
    Optional<Calibration> calibration,
    Optional<Double> threshold,
    Optional<Band> band,
    Optional<InputSize> inputSize,
    Conventions conventions,
    Optional<Views> views,
    Optional<Boolean> mirrored,
    Optional<Expectation> expectation,
    Map<String, String> notes) {

  /**
   * The size of an image.
   *
   * @param height rows
   * @param width columns
   */
  record InputSize(int height, int width) {}

  /** Says nothing. */
  static final Settings NONE =
      new Settings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Conventions.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  private static final int MAX_NOTES = 10_000;
  private static final int MAX_PATH = 1_000;
  private static final Set<String> NOTES = Set.of("description", "provenance", "figures");
  private static final Set<String> KEYS =
      Set.of(
          "fakeClass",
          "calibration",
          "threshold",
          "band",
          "inputSize",
          "faces",
          "margin",
          "minFace",
          "views",
          "mirrored",
          "expects");

  /**
   * Reads the settings among an object's members.
   *
   * @param more the other keys that the object may have
   * @throws JsonException if a key is unknown or a value out of its range
   */
  static Settings parse(Json json, String... more) {
    Set<String> known = new TreeSet<>(KEYS);
    known.addAll(ConventionSettings.KEYS);
    known.addAll(NOTES);
    known.addAll(Arrays.asList(more));
    refuseOthers(json, known);
    Map<String, String> notes = new LinkedHashMap<>();
    for (String key : json.keys()) {
      if (NOTES.contains(key)) {
        note(key, json.get(key), notes);
      }
    }
    Conventions conventions = ConventionSettings.parse(json);
    return new Settings(
        fakeClass(json, conventions),
        optional(json, "calibration").map(Settings::calibration),
        optional(json, "threshold").map(Settings::probability),
        optional(json, "band").map(Settings::band),
        optional(json, "inputSize").map(Settings::inputSize),
        conventions,
        ViewSettings.parse(json),
        optional(json, "mirrored").map(Json::bool),
        optional(json, "expects").map(Settings::expectation),
        notes);
  }

  /** These settings, completed by others where they say nothing. */
  Settings orElse(Settings others) {
    Map<String, String> allNotes = new LinkedHashMap<>(others.notes);
    allNotes.putAll(notes);
    return new Settings(
        fakeClass.or(others::fakeClass),
        calibration.or(others::calibration),
        threshold.or(others::threshold),
        band.or(others::band),
        inputSize.or(others::inputSize),
        all(others),
        views.or(others::views),
        mirrored.or(others::mirrored),
        expectation.or(others::expectation),
        allNotes);
  }

  /** Names of classes that hold for all files say nothing of one that has a fake class itself. */
  private Conventions all(Settings others) {
    Conventions both = conventions.orElse(others.conventions);
    return fakeClass.isEmpty() || conventions.classes().isPresent()
        ? both
        : new Conventions(
            both.scaling(),
            both.channelOrder(),
            both.resize(),
            both.cropToAspect(),
            Optional.empty());
  }

  static void refuseOthers(Json json, Set<String> known) {
    for (String key : json.keys()) {
      if (!known.contains(key)) {
        throw json.unexpected(
            "an object with no other keys than " + String.join(", ", known), "has '" + key + "'");
      }
    }
  }

  static Optional<Json> optional(Json json, String key) {
    return json.keys().contains(key) ? Optional.of(json.get(key)) : Optional.empty();
  }

  /** Every leaf of a tree, by its path, which many leaves may share: so neither is endless. */
  private static void note(String path, Json json, Map<String, String> notes) {
    if (path.length() > MAX_PATH || notes.size() >= MAX_NOTES) {
      throw new JsonException(
          String.format(
              Locale.ROOT,
              "its notes should be at most %,d with names of at most %,d characters",
              MAX_NOTES,
              MAX_PATH));
    }
    if (json.isObject()) {
      json.keys().forEach(key -> note(path + "." + key, json.get(key), notes));
    } else {
      notes.put(path, json.isString() ? json.string() : json.toString());
    }
  }

  /** By its number, or by the classes' names; both must say the same. */
  private static Optional<Integer> fakeClass(Json json, Conventions conventions) {
    Optional<Json> number = optional(json, "fakeClass");
    number
        .filter(value -> value.integer() < 0)
        .ifPresent(
            value -> {
              throw value.unexpected("a class, counted from 0");
            });
    if (conventions.classes().isEmpty()) {
      return number.map(Json::integer);
    }
    OptionalInt named = ClassNames.fake(conventions.classes().get());
    if (number.isEmpty() && named.isEmpty()) {
      throw json.get("classes")
          .unexpected(
              "names of which one says fake, or fakeClass beside them",
              "is " + conventions.classes().get());
    }
    if (number.isPresent() && named.isPresent() && number.get().integer() != named.getAsInt()) {
      throw number
          .get()
          .unexpected(named.getAsInt() + ", as classes says", "is " + number.get().integer());
    }
    return number.map(Json::integer).or(() -> Optional.of(named.getAsInt()));
  }

  /** Temperature scaling, or Platt's. */
  private static Calibration calibration(Json json) {
    if (json.has("temperature")) {
      refuseOthers(json, new TreeSet<>(Set.of("temperature")));
      return new Calibration(1 / above0(json.get("temperature")), 0);
    }
    refuseOthers(json, new TreeSet<>(Set.of("temperature", "scale", "offset")));
    double scale = above0(json.get("scale"));
    double offset = json.has("offset") ? json.get("offset").number() : 0;
    if (!Double.isFinite(offset)) {
      throw json.get("offset").unexpected("a finite number");
    }
    return new Calibration(scale, offset);
  }

  /** A number whose reciprocal is finite too. */
  private static double above0(Json json) {
    double value = json.number();
    if (!(value >= 1e-9 && value <= 1e9)) {
      throw json.unexpected("a number above 0, from 1e-9 to 1e9");
    }
    return value;
  }

  static double probability(Json json) {
    double value = json.number();
    if (!(value >= 0 && value <= 1)) {
      throw json.unexpected("a probability in [0, 1]");
    }
    return value;
  }

  private static Band band(Json json) {
    List<Json> ends = json.elements();
    if (ends.size() != 2) {
      throw json.unexpected("two probabilities, the lower first");
    }
    double low = probability(ends.get(0));
    double high = probability(ends.get(1));
    if (low > high) {
      throw json.unexpected("two probabilities, the lower first");
    }
    return new Band(low, high);
  }

  private static InputSize inputSize(Json json) {
    refuseOthers(json, new TreeSet<>(Set.of("height", "width")));
    return new InputSize(json.get("height").integer(), json.get("width").integer());
  }

  private static Expectation expectation(Json json) {
    refuseOthers(
        json,
        new TreeSet<>(Set.of("images", "minSide", "maxSide", "aspect", "minQuality", "scope")));
    return new Expectation(
        optional(json, "images").map(Json::string),
        side(json, "minSide"),
        side(json, "maxSide"),
        optional(json, "aspect").map(Settings::aspect),
        quality(json),
        optional(json, "scope").map(Json::string));
  }

  private static OptionalInt side(Json json, String key) {
    if (!json.keys().contains(key)) {
      return OptionalInt.empty();
    }
    int side = json.get(key).integer();
    if (side < 1) {
      throw json.get(key).unexpected("a number of pixels, at least 1");
    }
    return OptionalInt.of(side);
  }

  private static OptionalInt quality(Json json) {
    if (!json.keys().contains("minQuality")) {
      return OptionalInt.empty();
    }
    int quality = json.get("minQuality").integer();
    if (quality < 1 || quality > 100) {
      throw json.get("minQuality").unexpected("a quality of JPEG, from 1 to 100");
    }
    return OptionalInt.of(quality);
  }

  private static Aspect aspect(Json json) {
    List<Json> ends = json.elements();
    if (ends.size() == 2) {
      double least = ends.get(0).number();
      double greatest = ends.get(1).number();
      if (0 < least && least <= greatest && Double.isFinite(greatest)) {
        return new Aspect(least, greatest);
      }
    }
    throw json.unexpected("two numbers above 0, the lower first");
  }
}
