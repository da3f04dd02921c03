package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Expectation;
import io.unmask.spi.Expectation.Aspect;
import io.unmask.spi.Precision;
import io.unmask.spi.Uncertainty.Band;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a manifest says about a model, or about all models of a folder, in JSON. */
final class SettingsJson {

  /** What is for people. */
  static final List<String> NOTES = List.of("description", "figures", "provenance");

  private static final Set<String> KEYS =
      Set.of(
          "architecture",
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
          "precision",
          "ranges",
          "expects");

  private SettingsJson() {}

  /**
   * Reads the settings among an object's members.
   *
   * @param more the other keys that the object may have
   * @throws JsonException if a key is unknown or a value out of its range
   */
  static ModelSettings parse(Json json, String... more) {
    Set<String> known = new TreeSet<>(KEYS);
    known.addAll(ConventionsJson.KEYS);
    known.addAll(NOTES);
    known.addAll(Arrays.asList(more));
    refuseOthers(json, known);
    Conventions conventions = ConventionsJson.parse(json);
    ModelSettings.Builder settings = ModelSettings.builder();
    settings.conventions(conventions).notes(Notes.parse(json, NOTES));
    optional(json, "architecture").ifPresent(it -> settings.architecture(it.string()));
    fakeClass(json, conventions).ifPresent(settings::fakeClass);
    optional(json, "calibration").ifPresent(it -> settings.calibration(calibration(it)));
    optional(json, "threshold").ifPresent(it -> settings.threshold(probability(it)));
    settings.band(optional(json, "band").map(SettingsJson::band));
    optional(json, "inputSize").ifPresent(it -> inputSize(it, settings));
    ViewsJson.parse(json).ifPresent(settings::views);
    optional(json, "mirrored").ifPresent(it -> settings.mirrored(it.bool()));
    optional(json, "precision").ifPresent(it -> settings.precision(precision(it)));
    optional(json, "ranges").ifPresent(it -> settings.ranges(RangesJson.parse(it)));
    optional(json, "expects").ifPresent(it -> settings.expectation(expectation(it)));
    return settings.build();
  }

  /**
   * Adds settings to an object's members.
   *
   * @throws IllegalArgumentException if a manifest has no room for one
   */
  static void write(ModelSettings settings, Map<String, @Nullable Object> members) {
    Notes notes = settings.notes();
    note("description", notes, members);
    settings.architecture().ifPresent(each -> members.put("architecture", each));
    settings.views().ifPresent(views -> ViewsJson.write(views, members));
    settings.mirrored().ifPresent(mirrored -> members.put("mirrored", mirrored));
    settings.precision().ifPresent(precision -> members.put("precision", precision.toString()));
    settings
        .inputSize()
        .ifPresent(
            size ->
                members.put("inputSize", object("height", size.height(), "width", size.width())));
    ConventionsJson.write(settings.conventions(), members);
    settings
        .fakeClass()
        .filter(index -> !isNamed(index, settings.conventions()))
        .ifPresent(index -> members.put("fakeClass", index));
    settings
        .calibration()
        .ifPresent(
            each ->
                members.put("calibration", object("scale", each.scale(), "offset", each.offset())));
    settings.threshold().ifPresent(threshold -> members.put("threshold", threshold));
    settings.band().ifPresent(band -> members.put("band", List.of(band.low(), band.high())));
    settings.expectation().ifPresent(each -> members.put("expects", members(each)));
    note("figures", notes, members);
    note("provenance", notes, members);
    settings.ranges().ifPresent(ranges -> members.put("ranges", RangesJson.members(ranges)));
  }

  /** What a model asks for must be had on every machine. */
  private static Precision precision(Json json) {
    return switch (json.string()) {
      case "auto" -> Precision.AUTO;
      case "f32" -> Precision.F32;
      default -> throw json.unexpected("'auto' or 'f32'");
    };
  }

  private static void note(String key, Notes notes, Map<String, @Nullable Object> members) {
    if (notes.has(key)) {
      members.put(key, notes.value(key));
    }
  }

  static Map<String, Object> object(String first, Object value, String second, Object other) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(first, value);
    object.put(second, other);
    return object;
  }

  /** Whether the names of the classes say already which means fake. */
  private static boolean isNamed(int index, Conventions conventions) {
    OptionalInt named = conventions.classes().map(ClassNames::fake).orElse(OptionalInt.empty());
    return named.isPresent() && named.getAsInt() == index;
  }

  private static Map<String, Object> members(Expectation expectation) {
    Map<String, Object> members = new LinkedHashMap<>();
    expectation.images().ifPresent(images -> members.put("images", images));
    expectation.minSide().ifPresent(side -> members.put("minSide", side));
    expectation.maxSide().ifPresent(side -> members.put("maxSide", side));
    expectation
        .aspect()
        .ifPresent(each -> members.put("aspect", List.of(each.least(), each.greatest())));
    expectation.minQuality().ifPresent(quality -> members.put("minQuality", quality));
    expectation.scope().ifPresent(scope -> members.put("scope", scope));
    return members;
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

  private static void inputSize(Json json, ModelSettings.Builder settings) {
    refuseOthers(json, new TreeSet<>(Set.of("height", "width")));
    settings.inputSize(json.get("height").integer(), json.get("width").integer());
  }

  private static Expectation expectation(Json json) {
    refuseOthers(
        json,
        new TreeSet<>(Set.of("images", "minSide", "maxSide", "aspect", "minQuality", "scope")));
    return new Expectation(
        optional(json, "images").map(Json::string),
        side(json, "minSide"),
        side(json, "maxSide"),
        optional(json, "aspect").map(SettingsJson::aspect),
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
