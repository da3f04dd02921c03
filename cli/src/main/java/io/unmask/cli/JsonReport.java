package io.unmask.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.Classification;
import io.unmask.DetectorInfo;
import io.unmask.FaceVerdict;
import io.unmask.spi.Face;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** For programs: one JSON object a line. Numbers have the digits that make them exact. */
final class JsonReport implements Report {

  private final JsonLines lines;
  private final DetectorInfo info;

  JsonReport(PrintWriter out, DetectorInfo info) {
    this.lines = new JsonLines(out);
    this.info = info;
  }

  @Override
  public void classified(String file, Classification result) {
    lines.print(
        line -> {
          line.writeStringField("file", file);
          line.writeStringField("label", result.label().name());
          if (result.isJudged()) {
            line.writeNumberField("probability", result.probability());
          }
          line.writeNumberField("threshold", result.threshold());
          members(line, result.members());
          if (info.views().faces()) {
            line.writeArrayFieldStart("faces");
            for (FaceVerdict face : result.faces()) {
              face(line, face);
            }
            line.writeEndArray();
          }
          EvidenceJson.write(line, result.evidence());
          line.writeStringField("backend", info.program().backend());
          line.writeStringField("preprocessor", info.preprocessor());
          line.writeNumberField("milliseconds", Milliseconds.of(result));
          if (!result.warnings().isEmpty()) {
            line.writeArrayFieldStart("warnings");
            for (Classification.Warning warning : result.warnings()) {
              line.writeString(warning.text());
            }
            line.writeEndArray();
          }
        });
  }

  /** In pixels of the picture as it is shown, with one digit behind the point. */
  private static void face(JsonGenerator line, FaceVerdict face) throws IOException {
    Face.Box box = face.box();
    line.writeStartObject();
    line.writeArrayFieldStart("box");
    for (double edge : new double[] {box.left(), box.top(), box.right(), box.bottom()}) {
      line.writeNumber(Math.round(edge * 10) / 10.0);
    }
    line.writeEndArray();
    line.writeNumberField("score", face.face().score());
    line.writeStringField("label", face.label().name());
    line.writeNumberField("probability", face.probability());
    members(line, face.members());
    if (face.reason().isPresent()) {
      line.writeStringField("reason", face.reason().get());
    }
    line.writeEndObject();
  }

  private static void members(JsonGenerator line, List<Classification.Opinion> members)
      throws IOException {
    line.writeArrayFieldStart("members");
    for (Classification.Opinion member : members) {
      line.writeNumber(member.probability());
    }
    line.writeEndArray();
  }

  @Override
  public void failed(String file, String reason) {
    lines.print(
        line -> {
          line.writeStringField("file", file);
          line.writeStringField("error", reason);
        });
  }
}
