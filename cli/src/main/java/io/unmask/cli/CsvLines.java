package io.unmask.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints comma-separated values as in RFC 4180.
 *
 * @param out where
 */
record CsvLines(PrintWriter out) {

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  void print(String... fields) {
    out.print(Arrays.stream(fields).map(CsvLines::quoted).collect(Collectors.joining(",")) + "\n");
    out.flush();
  }

  private static String quoted(String field) {
    return SPECIAL.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
