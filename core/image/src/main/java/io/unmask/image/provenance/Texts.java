package io.unmask.image.provenance;

import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import java.nio.charset.StandardCharsets;

/** From bytes to text. */
final class Texts {

  /** What is looked at of a text, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  private Texts() {}

  /** UTF-8, or Latin-1 if it is none: formats ask for one, and programs write the other. */
  static String of(FileBytes bytes) throws DamagedException {
    byte[] start = bytes.first(MOST_BYTES).copy();
    String text = new String(start, StandardCharsets.UTF_8);
    int wrong = text.indexOf('\uFFFD');
    boolean cut = wrong >= text.length() - 3 && bytes.size() > start.length;
    return wrong < 0 || cut ? text : new String(start, StandardCharsets.ISO_8859_1);
  }

  /** A text that ends with zero, as EXIF has them. */
  static String untilZero(String text) {
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  /** In quotation marks, of which there are then no more in it, and shortened. */
  static String quoted(String text, int most) {
    String line = text.strip().replace('"', '\'');
    return '"' + (line.length() > most ? line.substring(0, most) + "..." : line) + '"';
  }
}
