package io.unmask.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.image.provenance.Evidence;
import java.io.IOException;
import java.util.List;

/** Evidence in JSON. */
final class EvidenceJson {

  private EvidenceJson() {}

  /** Writes the field {@code evidence}, an array of objects. */
  static void write(JsonGenerator line, List<Evidence> evidence) throws IOException {
    line.writeArrayFieldStart("evidence");
    for (Evidence one : evidence) {
      line.writeStartObject();
      line.writeStringField("source", one.source().key());
      line.writeStringField("claim", one.claim().key());
      if (one.generator().isPresent()) {
        line.writeStringField("generator", one.generator().get());
      }
      line.writeStringField("detail", one.detail());
      line.writeStringField("verified", one.verified().key());
      line.writeEndObject();
    }
    line.writeEndArray();
  }
}
