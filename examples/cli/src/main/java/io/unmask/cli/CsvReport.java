package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.DetectorInfo;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** For spreadsheets: comma-separated values as in RFC 4180, with a header. */
final class CsvReport implements Report {

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  private final PrintWriter out;
  private final DetectorInfo info;

  CsvReport(PrintWriter out, DetectorInfo info) {
    this.out = out;
    this.info = info;
    line(
        "file",
        "label",
        "probability",
        "threshold",
        "members",
        "backend",
        "preprocessor",
        "milliseconds",
        "error",
        "warnings",
        "faces");
  }

  @Override
  public void classified(String file, Classification result) {
    String members =
        result.members().stream()
            .map(member -> Double.toString(member.probability()))
            .collect(Collectors.joining(" "));
    line(
        file,
        result.label().name(),
        result.isJudged() ? Double.toString(result.probability()) : "",
        Double.toString(result.threshold()),
        members,
        info.program().backend(),
        info.preprocessor(),
        Double.toString(Milliseconds.of(result)),
        "",
        result.warnings().stream()
            .map(Classification.Warning::text)
            .collect(Collectors.joining("; ")),
        info.views().faces() ? Integer.toString(result.faces().size()) : "");
  }

  @Override
  public void failed(String file, String reason) {
    line(file, "", "", "", "", "", "", "", reason, "", "");
  }

  private void line(String... fields) {
    out.print(Arrays.stream(fields).map(CsvReport::quoted).collect(Collectors.joining(",")) + "\n");
    out.flush();
  }

  private static String quoted(String field) {
    return SPECIAL.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
