package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.Expectation.Aspect;
import io.unmask.spi.InputFormat.ChannelOrder;
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
 * @param scaling how a byte becomes a number, if it says so
 * @param channelOrder the order of the colours, if it says so
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
    Optional<Scaling> scaling,
    Optional<ChannelOrder> channelOrder,
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
          Optional.empty(),
          Optional.empty(),
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
          "scaling",
          "channelOrder",
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
    known.addAll(NOTES);
    known.addAll(Arrays.asList(more));
    refuseOthers(json, known);
    Map<String, String> notes = new LinkedHashMap<>();
    for (String key : json.keys()) {
      if (NOTES.contains(key)) {
        note(key, json.get(key), notes);
      }
    }
    return new Settings(
        optional(json, "fakeClass").map(Settings::fakeClass),
        optional(json, "calibration").map(Settings::calibration),
        optional(json, "threshold").map(Settings::probability),
        optional(json, "band").map(Settings::band),
        optional(json, "inputSize").map(Settings::inputSize),
        optional(json, "scaling").map(Settings::scaling),
        optional(json, "channelOrder").map(Settings::channelOrder),
        ViewSettings.parse(json),
        optional(json, "mirrored").map(Json::bool),
        optional(json, "expects").map(Settings::expectation),
        notes);
  }

  /** These settings, completed by others where they say nothing. */
  Settings orElse(Settings others) {
    Map<String, String> all = new LinkedHashMap<>(others.notes);
    all.putAll(notes);
    return new Settings(
        fakeClass.or(others::fakeClass),
        calibration.or(others::calibration),
        threshold.or(others::threshold),
        band.or(others::band),
        inputSize.or(others::inputSize),
        scaling.or(others::scaling),
        channelOrder.or(others::channelOrder),
        views.or(others::views),
        mirrored.or(others::mirrored),
        expectation.or(others::expectation),
        all);
  }

  private static void refuseOthers(Json json, Set<String> known) {
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

  private static int fakeClass(Json json) {
    int value = json.integer();
    if (value < 0) {
      throw json.unexpected("a class, counted from 0");
    }
    return value;
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

  private static Scaling scaling(Json json) {
    refuseOthers(json, new TreeSet<>(Set.of("divisor", "offset")));
    Json divisor = json.get("divisor");
    float by = (float) divisor.number();
    if (!Float.isFinite(by) || by == 0) {
      throw divisor.unexpected("a finite number other than 0");
    }
    float offset = json.has("offset") ? (float) json.get("offset").number() : 0f;
    if (!Float.isFinite(offset)) {
      throw json.get("offset").unexpected("a finite number");
    }
    return new Scaling(by, offset);
  }

  private static Expectation expectation(Json json) {
    refuseOthers(json, new TreeSet<>(Set.of("images", "minSide", "maxSide", "aspect", "scope")));
    return new Expectation(
        optional(json, "images").map(Json::string),
        side(json, "minSide"),
        side(json, "maxSide"),
        optional(json, "aspect").map(Settings::aspect),
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

  private static ChannelOrder channelOrder(Json json) {
    return switch (json.string()) {
      case "RGB" -> ChannelOrder.RGB;
      case "BGR" -> ChannelOrder.BGR;
      default -> throw json.unexpected("\"RGB\" or \"BGR\"");
    };
  }
}
