package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.spi.Conventions;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views.View.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a manifest says about how a photo becomes numbers, and what the classes are called. */
final class ConventionsJson {

  static final Set<String> KEYS =
      Set.of("scaling", "channelOrder", "resize", "cropToAspect", "classes");

  private ConventionsJson() {}

  static Conventions parse(Json json) {
    return new Conventions(
        SettingsJson.optional(json, "scaling").map(ConventionsJson::scaling),
        SettingsJson.optional(json, "channelOrder").map(ConventionsJson::channelOrder),
        SettingsJson.optional(json, "resize").map(ConventionsJson::resize),
        SettingsJson.optional(json, "cropToAspect").map(Json::bool),
        SettingsJson.optional(json, "classes").map(ConventionsJson::classes));
  }

  static void write(Conventions conventions, Map<String, @Nullable Object> members) {
    conventions.scaling().ifPresent(scaling -> members.put("scaling", scaling(scaling)));
    conventions.channelOrder().ifPresent(order -> members.put("channelOrder", name(order)));
    conventions.resize().ifPresent(resize -> members.put("resize", ResizeNames.of(resize)));
    conventions.cropToAspect().ifPresent(crop -> members.put("cropToAspect", crop));
    conventions.classes().ifPresent(classes -> members.put("classes", classes));
  }

  private static Object scaling(Scaling scaling) {
    if (scaling instanceof PixelScaling pixels) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("divisor", pixels.divisor());
      members.put("offset", pixels.offsets());
      members.put("deviation", pixels.deviations());
      return members;
    }
    return scaling.toString();
  }

  /** What manifests and options call channels. */
  static String name(ChannelOrder order) {
    return order == ChannelOrder.GREY ? "grey" : order.name();
  }

  private static Scaling scaling(Json json) {
    if (json.isString()) {
      return Scaling.Named.byName(json.string())
          .orElseThrow(
              () ->
                  json.unexpected(
                      "\"none\", \"unit\", \"signed\", \"caffe\", \"torch\", or an object with a"
                          + " divisor"));
    }
    SettingsJson.refuseOthers(json, new TreeSet<>(Set.of("divisor", "offset", "deviation")));
    Json divisor = json.get("divisor");
    if (divisor.isArray()) {
      return dividedFirst(json, numbers(divisor, true));
    }
    float by = (float) divisor.number();
    if (!Float.isFinite(by) || by == 0) {
      throw divisor.unexpected("a finite number other than 0");
    }
    List<Float> offsets = json.has("offset") ? numbers(json.get("offset"), false) : List.of(0f);
    List<Float> deviations =
        json.has("deviation") ? numbers(json.get("deviation"), true) : List.of(1f);
    return new PixelScaling(by, offsets, deviations);
  }

  /** {@code v / divisor + offset} with a divisor for each channel. */
  private static Scaling dividedFirst(Json json, List<Float> divisors) {
    List<Float> given = json.has("offset") ? numbers(json.get("offset"), false) : List.of(0f);
    if (json.has("deviation")) {
      throw json.get("divisor").unexpected("a number, as there is a deviation too");
    }
    List<Float> offsets = new ArrayList<>();
    for (int i = 0; i < Math.max(divisors.size(), given.size()); i++) {
      double divisor = divisors.get(i % divisors.size());
      offsets.add((float) (given.get(i % given.size()) * divisor));
    }
    return new PixelScaling(1, offsets, divisors);
  }

  /** One for all channels, or one for each. */
  private static List<Float> numbers(Json json, boolean divides) {
    if (!json.isArray()) {
      return List.of(number(json, divides));
    }
    List<Json> elements = json.elements();
    if (elements.size() != 1 && elements.size() != 3) {
      throw json.unexpected("a number, or one for each of three channels");
    }
    return elements.stream().map(each -> number(each, divides)).toList();
  }

  private static float number(Json json, boolean divides) {
    float value = (float) json.number();
    if (!Float.isFinite(value) || (divides && value == 0)) {
      throw json.unexpected(divides ? "a finite number other than 0" : "a finite number");
    }
    return value;
  }

  private static ChannelOrder channelOrder(Json json) {
    return switch (json.string()) {
      case "RGB" -> ChannelOrder.RGB;
      case "BGR" -> ChannelOrder.BGR;
      case "grey" -> ChannelOrder.GREY;
      default -> throw json.unexpected("\"RGB\", \"BGR\" or \"grey\"");
    };
  }

  private static Resampling resize(Json json) {
    return ResizeNames.parse(json.string())
        .orElseThrow(() -> json.unexpected("one of " + ResizeNames.all()));
  }

  private static List<String> classes(Json json) {
    List<String> names = json.elements().stream().map(Json::string).toList();
    Optional<String> fault = ClassNames.fault(names);
    if (fault.isPresent()) {
      throw json.unexpected("the classes' names in their order", fault.get());
    }
    return names;
  }
}
