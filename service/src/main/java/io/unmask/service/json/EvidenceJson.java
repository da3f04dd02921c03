package io.unmask.service.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.image.provenance.Evidence;
import java.io.IOException;
import java.util.List;

/** Evidence in JSON. */
public final class EvidenceJson {

  private EvidenceJson() {}

  /**
   * Writes the field {@code evidence}, an array of objects, into the object that was begun.
   *
   * @throws IOException if the generator cannot write
   */
  public static void write(JsonGenerator json, List<Evidence> evidence) throws IOException {
    json.writeArrayFieldStart("evidence");
    for (Evidence one : evidence) {
      json.writeStartObject();
      json.writeStringField("source", one.source().key());
      json.writeStringField("claim", one.claim().key());
      if (one.generator().isPresent()) {
        json.writeStringField("generator", one.generator().get());
      }
      json.writeStringField("detail", one.detail());
      json.writeStringField("verified", one.verified().key());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
