package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.InputFormat.ChannelOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a manifest says about a model, or about all models of a folder.
 *
 * @param fakeClass the class that means fake, if it says so
 * @param threshold an image is fake if its probability is above this, if it says so
 * @param scaling how a byte becomes a number, if it says so
 * @param channelOrder the order of the colours, if it says so
 */
record Settings(
    Optional<Integer> fakeClass,
    Optional<Double> threshold,
    Optional<Scaling> scaling,
    Optional<ChannelOrder> channelOrder) {

  /** Says nothing. */
  static final Settings NONE =
      new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Set<String> KEYS =
      Set.of("description", "fakeClass", "threshold", "scaling", "channelOrder");

  /**
   * Reads the settings among an object's members.
   *
   * @param more the other keys that the object may have
   * @throws JsonException if a key is unknown or a value out of its range
   */
  static Settings parse(Json json, String... more) {
    Set<String> known = new TreeSet<>(KEYS);
    known.addAll(Arrays.asList(more));
    refuseOthers(json, known);
    if (json.has("description")) {
      json.get("description").string();
    }
    return new Settings(
        optional(json, "fakeClass").map(Settings::fakeClass),
        optional(json, "threshold").map(Settings::threshold),
        optional(json, "scaling").map(Settings::scaling),
        optional(json, "channelOrder").map(Settings::channelOrder));
  }

  /** These settings, completed by others where they say nothing. */
  Settings orElse(Settings others) {
    return new Settings(
        fakeClass.or(others::fakeClass),
        threshold.or(others::threshold),
        scaling.or(others::scaling),
        channelOrder.or(others::channelOrder));
  }

  private static void refuseOthers(Json json, Set<String> known) {
    for (String key : json.keys()) {
      if (!known.contains(key)) {
        throw json.unexpected(
            "an object with no other keys than " + String.join(", ", known), "has '" + key + "'");
      }
    }
  }

  private static Optional<Json> optional(Json json, String key) {
    return json.keys().contains(key) ? Optional.of(json.get(key)) : Optional.empty();
  }

  private static int fakeClass(Json json) {
    int value = json.integer();
    if (value < 0) {
      throw json.unexpected("a class, counted from 0");
    }
    return value;
  }

  private static double threshold(Json json) {
    double value = json.number();
    if (!(value >= 0 && value <= 1)) {
      throw json.unexpected("a probability in [0, 1]");
    }
    return value;
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

  private static ChannelOrder channelOrder(Json json) {
    return switch (json.string()) {
      case "RGB" -> ChannelOrder.RGB;
      case "BGR" -> ChannelOrder.BGR;
      default -> throw json.unexpected("\"RGB\" or \"BGR\"");
    };
  }
}
