package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a manifest says about what of a photo a network is shown. */
final class ViewSettings {

  private static final Set<String> KEYS = Set.of("faces", "margin", "minFace", "views");

  private ViewSettings() {}

  /** What the keys say together; those that are missing are the convention, if any is there. */
  static Optional<Views> parse(Json json) {
    if (KEYS.stream().noneMatch(json.keys()::contains)) {
      return Optional.empty();
    }
    Views convention = Views.WHOLE_IMAGE;
    return Optional.of(
        new Views(
            Settings.optional(json, "faces").map(ViewSettings::faces).orElse(convention.faces()),
            Settings.optional(json, "margin").map(ViewSettings::margin).orElse(convention.margin()),
            Settings.optional(json, "minFace").map(ViewSettings::side).orElse(convention.minFace()),
            Settings.optional(json, "views").map(ViewSettings::views).orElse(convention.views())));
  }

  private static boolean faces(Json json) {
    return switch (json.string()) {
      case "crop" -> true;
      case "whole" -> false;
      default -> throw json.unexpected("\"crop\" or \"whole\"");
    };
  }

  private static double margin(Json json) {
    double margin = json.number();
    if (!(margin >= 0 && margin <= 10)) {
      throw json.unexpected("a number in [0, 10]");
    }
    return margin;
  }

  private static int side(Json json) {
    int side = json.integer();
    if (side < 0) {
      throw json.unexpected("a number of pixels");
    }
    return side;
  }

  private static List<View> views(Json json) {
    List<View> views = new ArrayList<>();
    for (Json each : json.elements()) {
      views.add(view(each));
    }
    int images = views.stream().mapToInt(View::images).sum();
    if (images < 1 || images > Views.MAX_IMAGES) {
      throw json.unexpected("views that make 1 to " + Views.MAX_IMAGES + " images");
    }
    return views;
  }

  private static View view(Json json) {
    return ViewNames.parse(json.string())
        .orElseThrow(
            () ->
                json.unexpected(
                    "\"resize\", \"shrink\" or \"windows:N\" with N from 1 to "
                        + Views.MAX_IMAGES));
  }
}
