package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Set;

/**
 * Where the command writes.
 *
 * @param out standard output, for results only
 * @param err standard error, for complaints and progress
 * @param outIsTerminal whether a person reads the output
 * @param errIsTerminal whether a person reads the complaints
 */
record Console(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal) {

  /**
   * The script that starts the command says here which streams are terminals, such as {@code
   * out,err}. Java itself cannot tell of each.
   */
  private static final String TERMINALS = "unmask.terminals";

  /** The streams of this process, in UTF-8 whatever the locale, since programs read them. */
  static Console ofProcess() {
    Set<String> terminals = Set.of(System.getProperty(TERMINALS, "").split(","));
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  /** Prints an error message on one line. */
  void complain(String message) {
    out.flush();
    err.println("unmask: " + printable(message));
    err.flush();
  }

  /** Whether the output may have colours. */
  boolean colours() {
    return outIsTerminal
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * The text on one line, without what a terminal would obey instead of showing it: control
   * characters, and those that turn the direction of writing, with which {@code gpj.exe} looks like
   * {@code exe.jpg}. A file name may contain them.
   */
  static String printable(String text) {
    String stripped = text.strip();
    StringBuilder line = new StringBuilder(stripped.length());
    boolean blank = false;
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      boolean blankBefore = blank;
      blank = c == ' ' || (c >= '\t' && c <= '\r');
      if (!blank) {
        line.append(isObeyed(c) ? '?' : c);
      } else if (!blankBefore) {
        line.append(' ');
      }
    }
    return line.toString();
  }

  private static boolean isObeyed(char c) {
    return Character.isISOControl(c)
        || c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u2028' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8));
  }
}
