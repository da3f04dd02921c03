package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a manifest says about what of a photo a network is shown. */
final class ViewsJson {

  private static final Set<String> KEYS = Set.of("faces", "margin", "minFace", "views");

  private ViewsJson() {}

  /** What the keys say together; those that are missing are the convention, if any is there. */
  static Optional<Views> parse(Json json) {
    if (KEYS.stream().noneMatch(json.keys()::contains)) {
      return Optional.empty();
    }
    Views convention = Views.WHOLE_IMAGE;
    List<Shown> shown =
        SettingsJson.optional(json, "views")
            .map(ViewsJson::views)
            .orElseGet(() -> convention.views().stream().map(Shown::new).toList());
    return Optional.of(
        new Views(
            SettingsJson.optional(json, "faces").map(ViewsJson::faces).orElse(convention.faces()),
            SettingsJson.optional(json, "margin")
                .map(ViewsJson::margin)
                .orElse(convention.margin()),
            SettingsJson.optional(json, "minFace")
                .map(ViewsJson::side)
                .orElse(convention.minFace()),
            shown.stream().map(Shown::view).toList(),
            shown.stream().map(Shown::output).flatMap(Optional::stream).toList()));
  }

  /**
   * Adds the keys to an object's members; {@code margin} and {@code minFace} only where they
   * matter.
   *
   * @throws IllegalArgumentException if a manifest has no name for a view
   */
  static void write(Views views, Map<String, @Nullable Object> members) {
    Views convention = Views.WHOLE_IMAGE;
    members.put("faces", views.faces() ? "crop" : "whole");
    if (views.faces() || views.margin() != convention.margin()) {
      members.put("margin", views.margin());
    }
    if (views.minFace() != convention.minFace()) {
      members.put("minFace", views.minFace());
    }
    List<Object> shown = new ArrayList<>();
    for (int i = 0; i < views.views().size(); i++) {
      String name = name(views.views().get(i));
      shown.add(
          views.outputs().isEmpty()
              ? name
              : SettingsJson.object("view", name, "output", views.outputs().get(i)));
    }
    members.put("views", shown);
  }

  private static String name(View view) {
    String name = ViewNames.of(view);
    if (!ViewNames.parse(name).equals(Optional.of(view))) {
      throw new IllegalArgumentException(
          "a manifest has no name for the view '%s'; say how it resizes by its conventions"
              .formatted(view.words()));
    }
    return name;
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

  /** A view, and the output that judges it. */
  private record Shown(View view, Optional<String> output) {
    Shown(View view) {
      this(view, Optional.empty());
    }
  }

  private static List<Shown> views(Json json) {
    List<Shown> views = new ArrayList<>();
    for (Json each : json.elements()) {
      views.add(shown(each));
    }
    int images = views.stream().map(Shown::view).mapToInt(View::images).sum();
    if (images < 1 || images > Views.MAX_IMAGES) {
      throw json.unexpected("views that make 1 to " + Views.MAX_IMAGES + " images");
    }
    if (views.stream().map(each -> each.output().isPresent()).distinct().count() > 1) {
      throw json.unexpected("views that all name an output, or none of them");
    }
    return views;
  }

  private static Shown shown(Json json) {
    if (!json.isObject()) {
      return new Shown(view(json));
    }
    SettingsJson.refuseOthers(json, Set.of("view", "output"));
    return new Shown(view(json.get("view")), Optional.of(json.get("output").string()));
  }

  private static View view(Json json) {
    return ViewNames.parse(json.string())
        .orElseThrow(
            () ->
                json.unexpected(
                    "\"resize\", \"shrink\", \"shrink:M\" with a margin M from -0.4 to 10, or \"windows:N\""
                        + " with N from 1 to "
                        + Views.MAX_IMAGES));
  }
}
