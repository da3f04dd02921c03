package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;

/** IPTC's list of digital source types (cv.iptc.org/newscodes/digitalsourcetype). */
final class SourceTypes {

  private SourceTypes() {}

  /** The last part of a URI, or of a prefixed name, such as {@code trainedAlgorithmicMedia}. */
  static String name(String uri) {
    String name = uri.strip().replaceFirst("[/#:]+$", "");
    int start =
        Math.max(name.lastIndexOf('/'), Math.max(name.lastIndexOf('#'), name.lastIndexOf(':')));
    return name.substring(start + 1);
  }

  /** What a type says of a picture. */
  static Claim claim(String name) {
    return switch (name) {
      case "trainedAlgorithmicMedia" -> Claim.AI_GENERATED;
      case "compositeWithTrainedAlgorithmicMedia" -> Claim.AI_EDITED;
      case "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print" ->
          Claim.CAMERA;
      case "humanEdits",
          "minorHumanEdits",
          "algorithmicallyEnhanced",
          "composite",
          "compositeCapture",
          "compositeSynthetic" ->
          Claim.EDITED;
      default -> Claim.UNSPECIFIED; // drawn, computed, recorded from a screen
    };
  }
}
