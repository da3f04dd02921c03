package io.unmask.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files as people and programs read them. Where Java was started in a locale without
 * UTF-8, it shows all names with other letters alike, though it keeps their bytes.
 */
final class FileNames {

  /** What stands in a text for bytes that could not be read. */
  static final char UNREADABLE = '\uFFFD';

  private FileNames() {}

  /** The name of a path, its bytes taken for UTF-8. */
  static String of(Path path) {
    String name = path.toString();
    if (name.indexOf(UNREADABLE) < 0) {
      return name;
    }
    // A URI has each byte of the name in its own digits, but is absolute.
    String encoded = path.toUri().getRawPath().replace("+", "%2B");
    String whole = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    return path.isAbsolute() ? whole : last(path.getNameCount(), whole);
  }

  private static String last(int names, String whole) {
    int at = whole.length();
    for (int i = 0; i < names; i++) {
      at = whole.lastIndexOf('/', at - 1);
    }
    return whole.substring(at + 1);
  }
}
