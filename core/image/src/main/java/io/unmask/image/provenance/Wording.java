package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.Evidence.Verified;

/** Evidence in words for people, which never say more than the file does. */
final class Wording {

  /** What to say of a file without any. */
  static final String NOTHING = "no label found, which proves nothing";

  private Wording() {}

  static String sentence(Evidence evidence) {
    String title = title(evidence.source());
    if (evidence.source() == Source.FILE) {
      return "not all of the file was looked through: " + evidence.detail();
    }
    if (evidence.claim() == Claim.UNREADABLE) {
      return title + " is there, but unreadable: " + evidence.detail();
    }
    StringBuilder sentence = new StringBuilder(title).append(clause(evidence));
    evidence
        .generator()
        .ifPresent(name -> sentence.append(with(evidence)).append(Texts.quoted(name, 200)));
    if (!evidence.detail().isEmpty()) {
      sentence.append(": ").append(evidence.detail());
    }
    return sentence.append("; ").append(worth(evidence)).toString();
  }

  static String brief(Evidence evidence) {
    String title = title(evidence.source());
    if (evidence.claim() == Claim.UNREADABLE) {
      return title + " unreadable";
    }
    String signature =
        switch (evidence.verified()) {
          case SIGNATURE_VALID -> ", signature valid";
          case SIGNATURE_INVALID -> ", signature invalid";
          case SIGNATURE_UNCHECKED -> ", signature not fully checked";
          case UNSIGNED -> "";
        };
    return words(evidence.claim()) + " (" + title + signature + ")";
  }

  static String title(Source source) {
    return switch (source) {
      case C2PA -> "C2PA";
      case IPTC_XMP -> "IPTC/XMP";
      case TC260 -> "TC260";
      case GENERATOR_TEXT -> "a generator's text";
      case EXIF -> "EXIF";
      case FILE -> "a part of the file";
    };
  }

  private static String words(Claim claim) {
    return switch (claim) {
      case AI_GENERATED -> "made by AI";
      case AI_EDITED -> "changed by AI";
      case CAMERA -> "taken by a camera";
      case EDITED -> "edited";
      case UNSPECIFIED -> "left open whether AI made it";
      case UNREADABLE -> "unreadable";
    };
  }

  private static String clause(Evidence evidence) {
    return switch (evidence.claim()) {
      case AI_GENERATED -> " claims that it was made by AI";
      case AI_EDITED -> " claims that it was changed by AI";
      case CAMERA -> " claims that a camera took it";
      case EDITED -> " claims that it was edited";
      case UNSPECIFIED, UNREADABLE -> " leaves open whether AI made it";
    };
  }

  /** A claim that a camera took a picture may be written by another program. */
  private static String with(Evidence evidence) {
    return switch (evidence.claim()) {
      case CAMERA, UNSPECIFIED, UNREADABLE -> ", written by ";
      case AI_GENERATED, AI_EDITED, EDITED -> ", with ";
    };
  }

  private static String worth(Evidence evidence) {
    if (evidence.verified() == Verified.UNSIGNED) {
      return evidence.claim() == Claim.CAMERA
          ? "unsigned, and easily faked"
          : "unsigned, anybody can write it";
    }
    return switch (evidence.verified()) {
      case SIGNATURE_VALID ->
          "the signature fits the file; who the signer really is was not checked";
      case SIGNATURE_INVALID -> "signature invalid, so that the claim counts for nothing";
      default -> "signed, but not all of that could be checked";
    };
  }
}
