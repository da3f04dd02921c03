package io.unmask.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The image formats that can be read, told apart by their first bytes and never by a name. */
enum ImageFormat {
  JPEG("JPEG", "\u00FF\u00D8\u00FF"),
  PNG("PNG", "\u0089PNG\r\n\u001A\n"),
  GIF("GIF", "GIF8"),
  BMP("BMP", "BM"),
  WEBP("WebP", "RIFF");

  private static final int SHOWN_BYTES = 8;

  private final String title;
  private final String magic;

  ImageFormat(String title, String magic) {
    this.title = title;
    this.magic = magic;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /** Tells which format a file is in that begins so, if it is one of these. */
  static Optional<ImageFormat> of(byte[] encoded) {
    for (ImageFormat format : values()) {
      if (format.matches(encoded)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Why a file is not read that is in none of these formats, in words that complete "a.jpg: ". */
  static String refusal(byte[] encoded) {
    if (encoded.length == 0) {
      return "the file is empty, expected an image; copy or download it again";
    }
    return ForeignFormat.of(encoded)
        .map(ForeignFormat::refusal)
        .orElseGet(
            () ->
                "not an image of a known format: starts with "
                    + beginning(encoded)
                    + ", expected JPEG, PNG, GIF, BMP or WebP; convert the image to one of them");
  }

  /** Whether a file that begins so is of this format. */
  boolean matches(byte[] encoded) {
    return hasText(encoded, 0, magic) && (this != WEBP || hasText(encoded, 8, "WEBP"));
  }

  static boolean hasText(byte[] encoded, int offset, String text) {
    return encoded.length >= offset + text.length()
        && new String(encoded, offset, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  /** The first bytes, as text if they are text and else in hexadecimal. */
  private static String beginning(byte[] encoded) {
    int length = Math.min(encoded.length, SHOWN_BYTES);
    for (int i = 0; i < length; i++) {
      if (encoded[i] < ' ' || encoded[i] > '~') {
        return "bytes " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(encoded, 0, length);
      }
    }
    return '"' + new String(encoded, 0, length, StandardCharsets.US_ASCII) + '"';
  }
}
