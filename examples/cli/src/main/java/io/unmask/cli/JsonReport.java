package io.unmask.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.Classification;
import io.unmask.DetectorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** For programs: one JSON object a line. Numbers have the digits that make them exact. */
final class JsonReport implements Report {

  private final JsonFactory json = new JsonFactory();
  private final PrintWriter out;
  private final DetectorInfo info;

  JsonReport(PrintWriter out, DetectorInfo info) {
    this.out = out;
    this.info = info;
  }

  @Override
  public void classified(Path file, Classification result) {
    line(
        line -> {
          line.writeStringField("file", file.toString());
          line.writeStringField("label", result.label().name());
          line.writeNumberField("probability", result.probability());
          line.writeNumberField("threshold", result.threshold());
          line.writeArrayFieldStart("members");
          for (Classification.Opinion member : result.members()) {
            line.writeNumber(member.probability());
          }
          line.writeEndArray();
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

  @Override
  public void failed(Path file, String reason) {
    line(
        line -> {
          line.writeStringField("file", file.toString());
          line.writeStringField("error", reason);
        });
  }

  private interface Fields {
    void write(JsonGenerator line) throws IOException;
  }

  private void line(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator line = json.createGenerator(text)) {
      line.writeStartObject();
      fields.write(line);
      line.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.print(text + "\n");
    out.flush();
  }
}
