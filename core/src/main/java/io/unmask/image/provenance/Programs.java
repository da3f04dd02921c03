package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of programs, as EXIF's Software, XMP's CreatorTool and PNG's Software have them. */
final class Programs {

  /**
   * Generators. Words that mean something else too, such as imagen (Spanish for picture), flux and
   * leonardo, need what makes them a generator's name.
   */
  private static final Pattern GENERATOR =
      Pattern.compile(
          "firefly|dall[-\u00B7. ]?e\\b|midjourney|comfyui|invoke ?ai|novel ?ai|gpt-?image|chatgpt"
              + "|google ai\\b|gemini|google imagen|\\bimagen[- ]?\\d|nano[- ]banana|ideogram"
              + "|leonardo[. ]ai|^leonardo$|dreamstudio|stable ?diffusion|automatic1111|fooocus"
              + "|swarmui|draw ?things|diffusionbee|easy ?diffusion|black forest labs"
              + "|\\bflux[ .-]?(1|2|dev|pro|schnell|kontext)|recraft|seedream|doubao|jimeng"
              + "|\\bgrok\\b|adobe generative");

  /** Editors, which say nothing of where the picture comes from. */
  private static final Pattern EDITOR =
      Pattern.compile(
          "photoshop|lightroom|\\bgimp\\b|affinity photo|pixelmator|snapseed|facetune|faceapp"
              + "|picsart|meitu|luminar|capture one|darktable|paint\\.net");

  private Programs() {}

  /** What a program's name says of a picture, if it says anything. */
  static Optional<Claim> claim(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    if (lower.length() > 1000) {
      return Optional.empty();
    }
    if (GENERATOR.matcher(lower).find()) {
      return Optional.of(Claim.AI_GENERATED);
    }
    return EDITOR.matcher(lower).find() ? Optional.of(Claim.EDITED) : Optional.empty();
  }
}
