package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of programs, as EXIF's Software, XMP's CreatorTool and PNG's Software have them. */
final class Programs {

  /** What only generators have in their names. */
  private static final List<String> GENERATORS =
      List.of(
          "adobe firefly",
          "adobe generative",
          "automatic1111",
          "black forest labs",
          "chatgpt",
          "comfyui",
          "diffusionbee",
          "doubao",
          "draw things",
          "dreamstudio",
          "easy diffusion",
          "fooocus",
          "google gemini",
          "google imagen",
          "gpt-image",
          "ideogram",
          "invokeai",
          "jimeng",
          "leonardo ai",
          "leonardo.ai",
          "midjourney",
          "nano banana",
          "novelai",
          "recraft",
          "seedream",
          "stable diffusion",
          "stablediffusion",
          "swarmui");

  /** What other words begin with or contain too, so that these count as words of their own. */
  private static final List<String> GENERATOR_WORDS =
      List.of("dall-e", "dalle", "dall\u00B7e", "dall e", "google ai", "grok");

  /** Names that mean something else too, and need a version: imagen is Spanish for picture. */
  private static final List<String> VERSIONED = List.of("imagen", "flux");

  private static final List<String> VERSIONS =
      List.of("1", "2", "3", "4", "5", "dev", "pro", "schnell", "kontext");

  /** Editors, which say nothing of where the picture comes from. */
  private static final List<String> EDITORS =
      List.of(
          "affinity photo",
          "capture one",
          "darktable",
          "faceapp",
          "facetune",
          "lightroom",
          "luminar",
          "meitu",
          "paint.net",
          "photoshop",
          "picsart",
          "pixelmator",
          "snapseed");

  private static final List<String> EDITOR_WORDS = List.of("gimp");

  /** What turns a name into its opposite. */
  private static final List<String> NEGATIONS = List.of("not", "no", "never", "without");

  private static final int MOST_CHARACTERS = 1000;

  private Programs() {}

  /** What a program's name says of a picture, if it says anything. */
  static Optional<Claim> claim(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    if (lower.length() > MOST_CHARACTERS || negates(lower)) {
      return Optional.empty();
    }
    if (lower.equals("leonardo")
        || lower.equals("firefly")
        || hasAny(lower, GENERATORS)
        || hasWord(lower, GENERATOR_WORDS)
        || hasVersion(lower)) {
      return Optional.of(Claim.AI_GENERATED);
    }
    return hasAny(lower, EDITORS) || hasWord(lower, EDITOR_WORDS)
        ? Optional.of(Claim.EDITED)
        : Optional.empty();
  }

  /** Whether a text says that something is not so. */
  static boolean negates(String text) {
    return hasWord(text.toLowerCase(Locale.ROOT), NEGATIONS);
  }

  private static boolean hasAny(String name, List<String> parts) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasWord(String name, List<String> words) {
    for (String word : words) {
      int at = name.indexOf(word);
      int end = at + word.length();
      if (begins(name, at) && (end == name.length() || !Character.isLetter(name.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasVersion(String name) {
    for (String word : VERSIONED) {
      int at = name.indexOf(word);
      if (begins(name, at)) {
        int end = at + word.length();
        boolean separated = end < name.length() && " .-".indexOf(name.charAt(end)) >= 0;
        for (String version : VERSIONS) {
          if (name.startsWith(version, separated ? end + 1 : end)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a word begins there. */
  private static boolean begins(String name, int at) {
    return at == 0 || (at > 0 && !Character.isLetterOrDigit(name.charAt(at - 1)));
  }
}
