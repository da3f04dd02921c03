package io.unmask.image.provenance;

import java.util.Locale;
import java.util.Optional;

/**
 * One claim of a file about how its picture was made. A claim is no proof: anybody can write most
 * kinds of claims, and anybody can remove all of them. Immutable.
 *
 * @param source the place in the file that has the claim
 * @param claim what is claimed
 * @param generator the program or model that made or changed the picture, as the file says, in one
 *     line
 * @param detail the words in the file that the claim comes from, or what is wrong with the file, in
 *     one line
 * @param verified what a signature says about the claim
 */
public record Evidence(
    Source source, Claim claim, Optional<String> generator, String detail, Verified verified) {

  private static final int MOST_GENERATOR = 120;
  private static final int MOST_DETAIL = 500;

  /** The places in which files make claims. */
  public enum Source {
    /** A manifest of C2PA ("content credentials"), the only place with signatures. */
    C2PA,
    /** Properties of IPTC and Adobe in XMP, and IPTC's older records. */
    IPTC_XMP,
    /** China's label of generated content, GB 45438-2025. */
    TC260,
    /** What generators write for their own users: prompts, settings, workflows. */
    GENERATOR_TEXT,
    /** EXIF data, which cameras write, or programs instead of them. */
    EXIF,
    /** The file as a whole, if damage kept the rest of it from being read. */
    FILE;

    /** The name in JSON and CSV, such as {@code iptc_xmp}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The name in sentences, such as {@code IPTC/XMP}. */
    public String title() {
      return Wording.title(this);
    }
  }

  /** What is claimed. */
  public enum Claim {
    /** The picture was made by an AI. */
    AI_GENERATED,
    /** An AI made a part of the picture, or changed it. */
    AI_EDITED,
    /** A camera took the picture. */
    CAMERA,
    /** The picture was edited; the file does not say that an AI did it. */
    EDITED,
    /** There is a label, but it claims none of these. */
    UNSPECIFIED,
    /** There is a label, but it is damaged or of a kind that is not read. */
    UNREADABLE;

    /** The name in JSON and CSV, such as {@code ai_generated}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a signature says about a claim. It is never checked who the signer is and whether to trust
   * it.
   */
  public enum Verified {
    /** The signature fits the claim, and the claim's hash fits the bytes of the file. */
    SIGNATURE_VALID,
    /** The signature does not fit, or it is for other bytes than the file's. */
    SIGNATURE_INVALID,
    /** There is a signature, but something about it could not be checked; the detail says what. */
    SIGNATURE_UNCHECKED,
    /** There is no signature: anybody can have written the claim. */
    UNSIGNED;

    /** The name in JSON and CSV, such as {@code signature_valid}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes each text a single line, and shortens long ones. */
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
   * The claim in a sentence, such as {@code EXIF claims that a camera took it: "..."; unsigned, and
   * easily faked}. What the file itself says stands in quotation marks.
   */
  @Override
  public String toString() {
    return Wording.sentence(this);
  }
}
