package io.unmask.image.provenance;

import java.util.Locale;
import java.util.Optional;

/**
 * What a file claims about how its picture was made, in one of the places where files do. A claim
 * is no proof: anybody can write most of them, and anybody can remove all of them. Immutable.
 *
 * @param source where the file says so
 * @param claim what it says
 * @param generator with what the picture was made or changed, as the file says, in one line
 * @param detail the words of the file that this comes from, or what is wrong with it, in one line
 * @param verified what a signature says of it
 */
public record Evidence(
    Source source, Claim claim, Optional<String> generator, String detail, Verified verified) {

  private static final int MOST_GENERATOR = 120;
  private static final int MOST_DETAIL = 500;

  /** Where files make claims. */
  public enum Source {
    /** A manifest of C2PA ("content credentials"), the only one that is signed. */
    C2PA,
    /** Properties of IPTC and Adobe in XMP, and IPTC's older records. */
    IPTC_XMP,
    /** China's label of generated content, GB 45438-2025. */
    TC260,
    /** What generators write for their own users: prompts, settings, workflows. */
    GENERATOR_TEXT,
    /** What cameras write, and programs in their place. */
    EXIF,
    /** The file as such, where it is damaged before all of it was looked through. */
    FILE;

    /** The name in JSON and CSV, such as {@code iptc_xmp}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is claimed. */
  public enum Claim {
    /** The picture was made by an AI. */
    AI_GENERATED,
    /** A part of it was made, or it was changed, by an AI. */
    AI_EDITED,
    /** It was taken by a camera. */
    CAMERA,
    /** It was edited, by other means than an AI as far as is said. */
    EDITED,
    /** There is a label, and it says none of that. */
    UNSPECIFIED,
    /** There is something, and it is damaged or of a kind that is not read. */
    UNREADABLE;

    /** The name in JSON and CSV, such as {@code ai_generated}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a signature says. Who the signer is, and whether to trust it, is never looked at. */
  public enum Verified {
    /** It fits the claim, and the claim's hash fits the bytes of the file. */
    SIGNATURE_VALID,
    /** It does not fit, or what was signed is of other bytes than the file's. */
    SIGNATURE_INVALID,
    /** There is one, and something about it could not be checked; the detail says what. */
    SIGNATURE_UNCHECKED,
    /** There is none: anybody can have written the claim. */
    UNSIGNED;

    /** The name in JSON and CSV, such as {@code signature_valid}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes the texts one line each, and not too long. */
  public Evidence {
    String name = generator.isPresent() ? line(generator.get(), MOST_GENERATOR) : "";
    generator = name.isEmpty() ? Optional.empty() : Optional.of(name);
    detail = line(detail, MOST_DETAIL);
  }

  static Evidence unsigned(Source source, Claim claim, Optional<String> generator, String detail) {
    return new Evidence(source, claim, generator, detail, Verified.UNSIGNED);
  }

  static Evidence unreadable(Source source, String reason) {
    return unsigned(source, Claim.UNREADABLE, Optional.empty(), reason);
  }

  /** One line without characters that a terminal, or a reader, would take for something else. */
  private static String line(String text, int most) {
    StringBuilder line = new StringBuilder();
    boolean space = false;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int character = text.codePointAt(at);
      next = at + Character.charCount(character);
      int type = Character.getType(character);
      if (type == Character.FORMAT || type == Character.SURROGATE) {
        continue;
      }
      if (type == Character.CONTROL
          || Character.isWhitespace(character)
          || Character.isSpaceChar(character)) {
        space = line.length() > 0;
        continue;
      }
      if (line.length() >= most) {
        return line.append("...").toString();
      }
      line.append(space ? " " : "").appendCodePoint(character);
      space = false;
    }
    return line.toString();
  }

  /** The claim in a few words, such as {@code made by AI (C2PA, signature valid)}. */
  public String brief() {
    return Wording.brief(this);
  }

  /**
   * The claim in a sentence, such as {@code EXIF claims that a camera took it: "..."; unsigned,
   * anybody can write it}.
   */
  @Override
  public String toString() {
    return Wording.sentence(this);
  }
}
