package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.DetectorInfo;
import io.unmask.service.json.ClassificationJson;
import java.io.PrintWriter;

/** For programs: one JSON object a line. */
final class JsonReport implements Report {

  private final JsonLines lines;
  private final ClassificationJson json;
  private final boolean summary;

  JsonReport(PrintWriter out, DetectorInfo info, boolean summary) {
    this.lines = new JsonLines(out);
    this.json = new ClassificationJson(info);
    this.summary = summary;
  }

  @Override
  public void classified(String file, Classification result) {
    lines.print(
        line -> {
          json.write(line, file, result);
          if (summary) {
            line.writeStringField("summary", result.summary());
          }
        });
  }

  @Override
  public void failed(String file, String reason) {
    lines.print(line -> ClassificationJson.writeFailure(line, file, reason));
  }
}
