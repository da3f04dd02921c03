package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.json.Json;
import io.unmask.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What generators write beside their pictures, by the keywords they write it under. */
final class GeneratorTexts {

  private static final int SHOWN = 100;

  /** The last line of AUTOMATIC1111's text, and of those that write as it does. */
  private static final Pattern SETTINGS =
      Pattern.compile("\\bSteps: \\d+,.{0,200}?\\b(Sampler|CFG scale|Seed): ", Pattern.DOTALL);

  private static final Pattern MODEL =
      Pattern.compile("\\bModel: (\"[^\"\n]{1,100}\"|[^,\n]{1,100})");

  private static final Pattern AFTER_PROMPT = Pattern.compile("(^|\n)(Negative prompt|Steps): ");
  private static final Pattern VERSION = Pattern.compile("\\bVersion: ([^,\n]{1,60})");
  private static final Pattern MIDJOURNEY =
      Pattern.compile("\\bJob ID: \\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-");

  /** Keys that only generators write, each with the one that does; empty if several do. */
  private static final Map<String, String> KEYS =
      Map.of(
          "sd-metadata", "InvokeAI",
          "invokeai_metadata", "InvokeAI",
          "Dream", "InvokeAI",
          "sui_image_params", "SwarmUI",
          "fooocus_scheme", "Fooocus",
          "SD:mode", "",
          "StableDiffusionVersion", "",
          "Model hash", "");

  private static final List<String> MAKERS =
      List.of(
          "sampl",
          "generat",
          "inpaint",
          "flux",
          "gemini",
          "ideogram",
          "openai",
          "gpt",
          "dalle",
          "recraft",
          "stability",
          "imagen",
          "midjourney",
          "kontext",
          "qwen",
          "seedream");

  private GeneratorTexts() {}

  /** Reads texts by their keywords. */
  static void read(Map<String, String> texts, Consumer<Evidence> found) {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      entry(text.getKey(), text.getValue(), found);
    }
    boolean negative = texts.containsKey("negative_prompt") || texts.containsKey("Negative Prompt");
    if (negative && (texts.containsKey("seed") || texts.containsKey("Seed"))) {
      String prompt = texts.getOrDefault("prompt", texts.getOrDefault("Prompt", ""));
      generated(Optional.of("Easy Diffusion"), "prompt " + Texts.quoted(prompt, SHOWN), found);
    }
  }

  private static void entry(String key, String text, Consumer<Evidence> found) {
    switch (key) {
      case "parameters", "UserComment" -> parameters(key, text, found);
      case "prompt", "workflow" -> workflow(key, text, found);
      case "Software" -> software(text, found);
      case "postprocessing", "extras" -> postprocessing(key, text, found);
      case "Description" -> {
        if (MIDJOURNEY.matcher(text).find()) {
          generated(Optional.of("Midjourney"), Texts.quoted(text, SHOWN), found);
        }
      }
      default -> {
        if (KEYS.containsKey(key)) {
          Optional<String> name = Optional.of(KEYS.get(key)).filter(known -> !known.isEmpty());
          generated(name, key + " " + Texts.quoted(text, SHOWN), found);
        }
      }
    }
  }

  /** The settings in words, or as JSON. */
  private static void parameters(String key, String text, Consumer<Evidence> found) {
    int settings = lastSettings(text);
    if (settings >= 0) {
      String line = text.substring(settings);
      Optional<String> model = first(MODEL, line).map(name -> name.replace("\"", ""));
      String prompt = prompt(text.substring(0, settings));
      generated(
          Optional.of(program(line)),
          model.map(name -> "model " + Texts.quoted(name, SHOWN) + ", ").orElse("")
              + (prompt.isEmpty() ? "no prompt" : "prompt " + Texts.quoted(prompt, SHOWN)),
          found);
    } else if (text.startsWith("{")) {
      Optional<Json> json = json(text);
      if (json.isEmpty()) {
        return; // some other program's
      }
      for (String known : List.of("sui_image_params", "fooocus_scheme", "invokeai_metadata")) {
        if (json.get().keys().contains(known)) {
          generated(Optional.ofNullable(KEYS.get(known)), key + " with " + known, found);
        }
      }
      Json graph = hasNodes(json.get()) ? json.get() : json.get().find("prompt");
      if (hasNodes(graph)) {
        nodes(key, classes(graph), "", found);
      }
    }
  }

  /** Where the settings begin, which stand last; a prompt may have the same words. Or -1. */
  private static int lastSettings(String text) {
    Matcher settings = SETTINGS.matcher(text);
    int last = -1;
    while (settings.find()) {
      last = settings.start();
    }
    return last;
  }

  /** What stands before the prompt of what is not wanted. */
  private static String prompt(String text) {
    Matcher after = AFTER_PROMPT.matcher(text);
    return (after.find() ? text.substring(0, after.start()) : text).strip();
  }

  /** Forge's versions begin with an f, and its commits' names follow. */
  private static String program(String text) {
    String version = first(VERSION, text).orElse("");
    if (version.startsWith("f") || version.startsWith("neo")) {
      return "Forge";
    }
    return version.startsWith("ComfyUI") || version.startsWith("Fooocus")
        ? version
        : "AUTOMATIC1111 or a program that writes as it does";
  }

  /** ComfyUI's graphs: what was run by node numbers, and what was drawn as lists of nodes. */
  private static void workflow(String key, String text, Consumer<Evidence> found) {
    if (!text.stripLeading().startsWith("{")) {
      return; // another program's prompt, in words
    }
    Optional<Json> json = json(text);
    if (json.isPresent() && hasNodes(json.get())) {
      nodes(key, classes(json.get()), model(json.get()), found);
    } else if (json.isPresent() && json.get().find("nodes").isArray()) {
      nodes(key, drawn(json.get().find("nodes")), "", found);
    } else if (json.isEmpty() && text.contains("\"class_type\"")) {
      found.accept(
          Evidence.unreadable(Source.GENERATOR_TEXT, key + " seems to be ComfyUI's, cut off"));
    }
  }

  /** A graph that loads a picture and makes none is an editor's. */
  private static void nodes(
      String key, List<String> classes, String model, Consumer<Evidence> found) {
    boolean loads = classes.stream().anyMatch(name -> name.startsWith("LoadImage"));
    boolean makes = classes.stream().anyMatch(GeneratorTexts::makes);
    String detail = key + " with a graph of nodes" + model;
    if (makes || !loads) {
      generated(Optional.of("ComfyUI"), detail, found);
    } else {
      found.accept(
          Evidence.unsigned(
              Source.GENERATOR_TEXT,
              Claim.EDITED,
              Optional.of("ComfyUI"),
              detail + " that loads a picture and has no sampler"));
    }
  }

  /** Samplers, and the nodes that ask a service for a picture. */
  private static boolean makes(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return MAKERS.stream().anyMatch(lower::contains);
  }

  private static List<String> classes(Json graph) {
    return graph.keys().stream()
        .map(node -> graph.find(node).find("class_type"))
        .filter(Json::isString)
        .map(Json::string)
        .toList();
  }

  private static List<String> drawn(Json nodes) {
    return nodes.elements().stream()
        .map(node -> node.find("type"))
        .filter(Json::isString)
        .map(Json::string)
        .toList();
  }

  private static boolean hasNodes(Json json) {
    return json.isObject()
        && json.keys().stream().anyMatch(node -> json.find(node).find("class_type").isString());
  }

  private static String model(Json graph) {
    for (String node : graph.keys()) {
      Json inputs = graph.find(node).find("inputs");
      for (String name : List.of("ckpt_name", "unet_name")) {
        if (inputs.find(name).isString()) {
          return ", model " + Texts.quoted(inputs.find(name).string(), SHOWN);
        }
      }
    }
    return "";
  }

  private static void software(String text, Consumer<Evidence> found) {
    Optional<Claim> claim = Programs.claim(text);
    if (claim.isPresent()) {
      found.accept(
          Evidence.unsigned(
              Source.GENERATOR_TEXT,
              claim.get(),
              Optional.of(text),
              "Software " + Texts.quoted(text, SHOWN)));
    }
  }

  /** What AUTOMATIC1111 writes of pictures that it enlarges, wherever they come from. */
  private static void postprocessing(String key, String text, Consumer<Evidence> found) {
    if (text.contains("Upscale")
        || text.contains("upscale")
        || text.contains("GFPGAN")
        || text.contains("CodeFormer")) {
      found.accept(
          Evidence.unsigned(
              Source.GENERATOR_TEXT,
              Claim.AI_EDITED,
              Optional.of("AUTOMATIC1111 or a program that writes as it does"),
              key + " " + Texts.quoted(text, SHOWN)));
    }
  }

  private static void generated(
      Optional<String> generator, String detail, Consumer<Evidence> found) {
    found.accept(Evidence.unsigned(Source.GENERATOR_TEXT, Claim.AI_GENERATED, generator, detail));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Json> json(String text) {
    try {
      Json json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
      return json.isObject() ? Optional.of(json) : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
