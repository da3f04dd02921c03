package io.unmask.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Prints one JSON object a line.
 *
 * @param json makes generators
 * @param out where
 */
record JsonLines(JsonFactory json, PrintWriter out) {

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator line) throws IOException;
  }

  JsonLines(PrintWriter out) {
    this(new JsonFactory(), out);
  }

  void print(Fields fields) {
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
