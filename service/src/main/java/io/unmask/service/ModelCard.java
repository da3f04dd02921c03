package io.unmask.service;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.DetectorInfo;
import io.unmask.spi.Expectation;
import io.unmask.spi.Uncertainty;
import java.io.IOException;

/** What decides, in JSON. */
final class ModelCard {

  private ModelCard() {}

  static byte[] of(DetectorInfo info) {
    return JsonBytes.object(json -> write(json, info));
  }

  private static void write(JsonGenerator json, DetectorInfo info) throws IOException {
    json.writeStringField("model", info.model());
    json.writeArrayFieldStart("members");
    for (String member : info.members()) {
      json.writeString(member);
    }
    json.writeEndArray();
    json.writeStringField("fusion", info.fusion());
    json.writeNumberField("layers", info.layers());
    json.writeNumberField("parameters", info.parameters());
    json.writeNumberField("threshold", info.threshold());
    Uncertainty uncertainty = info.uncertainty();
    if (uncertainty.band().isPresent()) {
      json.writeArrayFieldStart("band");
      json.writeNumber(uncertainty.band().get().low());
      json.writeNumber(uncertainty.band().get().high());
      json.writeEndArray();
    }
    if (uncertainty.maxSpread().isPresent()) {
      json.writeNumberField("maxSpread", uncertainty.maxSpread().getAsDouble());
    }
    json.writeBooleanField("faces", info.views().faces());
    if (info.views().faces()) {
      json.writeNumberField("minFace", info.views().minFace());
    }
    json.writeStringField("looksAt", info.views().toString());
    expectation(json, info.expectation());
    json.writeStringField("backend", info.program().backend());
    json.writeStringField("engine", info.program().engine());
    json.writeStringField("device", info.program().device());
    json.writeNumberField("threads", info.program().threads());
    json.writeStringField("precision", info.program().precision().toString());
    json.writeStringField("preprocessor", info.preprocessor());
    if (info.faceFinder().isPresent()) {
      json.writeStringField("faceFinder", info.faceFinder().get());
    }
  }

  private static void expectation(JsonGenerator json, Expectation expectation) throws IOException {
    if (expectation.images().isPresent()) {
      json.writeStringField("images", expectation.images().get());
    }
    if (expectation.scope().isPresent()) {
      json.writeStringField("scope", expectation.scope().get());
    }
  }
}
