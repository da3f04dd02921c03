package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.DetectorInfo;
import io.unmask.image.provenance.Evidence;
import io.unmask.service.json.ClassificationJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** For spreadsheets: comma-separated values as in RFC 4180, with a header. */
final class CsvReport implements Report {

  private static final String[] COLUMNS = {
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
    "faces",
    "evidence",
    "reason",
    "model",
    "precision",
    "settings"
  };

  /** The first line, without its end. */
  static final String HEADER = String.join(",", COLUMNS);

  /** What rows must have in common to be compared with each other. */
  static final List<String> COMMON =
      List.of("model", "threshold", "preprocessor", "precision", "settings");

  private final CsvLines lines;
  private final DetectorInfo info;
  private final String settings;

  CsvReport(PrintWriter out, DetectorInfo info) {
    this(out, info, true);
  }

  /**
   * Prints rows.
   *
   * @param header whether they come below a header
   */
  CsvReport(PrintWriter out, DetectorInfo info, boolean header) {
    this.lines = new CsvLines(out);
    this.info = info;
    this.settings = SettingsFingerprint.of(info);
    if (header) {
      lines.print(COLUMNS);
    }
  }

  /** The names of the columns. */
  static List<String> columns() {
    return List.of(COLUMNS);
  }

  /** What rows of this detector have in {@link #COMMON}. */
  static List<String> common(DetectorInfo info) {
    return List.of(
        info.model(),
        Double.toString(info.threshold()),
        info.preprocessor(),
        precision(info),
        SettingsFingerprint.of(info));
  }

  private static String precision(DetectorInfo info) {
    return info.program().precision().toString();
  }

  @Override
  public void classified(String file, Classification result) {
    String members =
        result.members().stream()
            .map(member -> Double.toString(member.probability()))
            .collect(Collectors.joining(" "));
    lines.print(
        file,
        result.label().name(),
        result.isJudged() ? Double.toString(result.probability()) : "",
        Double.toString(result.threshold()),
        members,
        info.program().backend(),
        info.preprocessor(),
        Double.toString(ClassificationJson.milliseconds(result)),
        "",
        result.warnings().stream()
            .map(Classification.Warning::text)
            .collect(Collectors.joining("; ")),
        info.views().faces() ? Integer.toString(result.faces().size()) : "",
        result.evidence().stream().map(Evidence::toString).collect(Collectors.joining("; ")),
        result.faces().stream()
            .flatMap(face -> face.reason().stream())
            .distinct()
            .collect(Collectors.joining("; ")),
        info.model(),
        precision(info),
        settings);
  }

  @Override
  public void failed(String file, String reason) {
    lines.print(file, "", "", "", "", "", "", "", reason, "", "", "", "", "", "", "");
  }
}
