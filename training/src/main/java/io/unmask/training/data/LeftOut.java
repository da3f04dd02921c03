package io.unmask.training.data;

import java.nio.file.Path;

/**
 * A file that could have belonged to a data set, but does not.
 *
 * @param file the file
 * @param reason why, without the file's name
 */
public record LeftOut(Path file, String reason) {

  /** A file and the message of what went wrong with it, which may begin with the file's name. */
  public static LeftOut because(Path file, Exception error) {
    String message = String.valueOf(error.getMessage());
    String named = file + ": ";
    return new LeftOut(
        file, message.startsWith(named) ? message.substring(named.length()) : message);
  }
}
