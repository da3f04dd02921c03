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

  /** A type's name as it may stand in a sentence: what is none of the list's in quotation marks. */
  static String shown(String name) {
    return name.matches("[A-Za-z]{1,60}") ? name : Texts.quoted(name, 60);
  }

  /** What a type says of a picture. */
  static Claim claim(String name) {
    return switch (name) {
      case "trainedAlgorithmicMedia" -> Claim.AI_GENERATED;
      case "compositeWithTrainedAlgorithmicMedia" -> Claim.AI_EDITED;
      case "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm" -> Claim.CAMERA;
      case "humanEdits",
          "minorHumanEdits",
          "algorithmicallyEnhanced",
          "composite",
          "compositeCapture",
          "compositeSynthetic" ->
          Claim.EDITED;
      default -> Claim.UNSPECIFIED; // drawn, printed, computed, recorded from a screen
    };
  }
}
