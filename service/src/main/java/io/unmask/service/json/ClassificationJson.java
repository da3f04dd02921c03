package io.unmask.service.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.Classification;
import io.unmask.DetectorInfo;
import io.unmask.FaceVerdict;
import io.unmask.spi.Face;
import java.io.IOException;
import java.util.List;

/**
 * What a detector says about photos, in JSON. Numbers have the digits that make them exact.
 *
 * @param info the detector that says it
 */
public record ClassificationJson(DetectorInfo info) {

  /**
   * Writes the fields of a result into the object that was begun.
   *
   * @param file the photo's name
   * @throws IOException if the generator cannot write
   */
  public void write(JsonGenerator json, String file, Classification result) throws IOException {
    json.writeStringField("file", file);
    json.writeStringField("label", result.label().name());
    if (result.isJudged()) {
      json.writeNumberField("probability", result.probability());
    }
    json.writeNumberField("threshold", result.threshold());
    members(json, result.members());
    if (info.views().faces()) {
      json.writeArrayFieldStart("faces");
      for (FaceVerdict face : result.faces()) {
        face(json, face);
      }
      json.writeEndArray();
    }
    EvidenceJson.write(json, result.evidence());
    json.writeStringField("backend", info.program().backend());
    json.writeStringField("precision", info.program().precision().toString());
    json.writeStringField("preprocessor", info.preprocessor());
    json.writeNumberField("milliseconds", milliseconds(result));
    if (!result.warnings().isEmpty()) {
      json.writeArrayFieldStart("warnings");
      for (Classification.Warning warning : result.warnings()) {
        json.writeString(warning.text());
      }
      json.writeEndArray();
    }
  }

  /**
   * Writes the fields of a failure into the object that was begun.
   *
   * @param file the photo's name
   * @param reason what is wrong with it, without the name
   * @throws IOException if the generator cannot write
   */
  public static void writeFailure(JsonGenerator json, String file, String reason)
      throws IOException {
    json.writeStringField("file", file);
    json.writeStringField("error", reason);
  }

  /** How long a classification took, with one digit behind the point. */
  public static double milliseconds(Classification result) {
    return Math.round(result.timings().total().toNanos() / 1e5) / 10.0;
  }

  /** In pixels of the picture as it is shown, with one digit behind the point. */
  private static void face(JsonGenerator json, FaceVerdict face) throws IOException {
    Face.Box box = face.box();
    json.writeStartObject();
    json.writeArrayFieldStart("box");
    for (double edge : new double[] {box.left(), box.top(), box.right(), box.bottom()}) {
      json.writeNumber(Math.round(edge * 10) / 10.0);
    }
    json.writeEndArray();
    json.writeNumberField("score", face.face().score());
    json.writeStringField("label", face.label().name());
    json.writeNumberField("probability", face.probability());
    members(json, face.members());
    if (face.reason().isPresent()) {
      json.writeStringField("reason", face.reason().get());
    }
    json.writeEndObject();
  }

  private static void members(JsonGenerator json, List<Classification.Opinion> members)
      throws IOException {
    json.writeArrayFieldStart("members");
    for (Classification.Opinion member : members) {
      json.writeNumber(member.probability());
    }
    json.writeEndArray();
  }
}
