package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.RecallAtRate;
import io.unmask.model.Manifest;
import io.unmask.model.ViewNames;
import io.unmask.spi.Views;
import io.unmask.training.report.Evaluation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes the manifest that makes one detector of the models of all folds. */
final class ManifestFile {

  private ManifestFile() {}

  static void write(
      TrainingSettings settings,
      RunFolder folder,
      Evaluation evaluation,
      Optional<OutOfFoldFit> fit) {
    RunFolder.write(
        folder.folder().resolve(Manifest.FILE_NAME),
        out -> write(settings, folder, evaluation, fit, out));
  }

  private static void write(
      TrainingSettings settings,
      RunFolder folder,
      Evaluation evaluation,
      Optional<OutOfFoldFit> fit,
      OutputStream stream)
      throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(stream);
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeNumberField("version", 1);
    json.writeArrayFieldStart("members");
    for (int fold = 1; fold <= settings.folds().folds(); fold++) {
      json.writeString(
          String.valueOf(folder.model(fold, settings.plan().phases().size()).getFileName()));
    }
    json.writeEndArray();
    if (settings.views().faces()) {
      json.writeStringField("faces", "crop");
      json.writeNumberField("margin", settings.views().margin());
      json.writeArrayFieldStart("views");
      for (Views.View view : settings.views().views()) {
        json.writeString(ViewNames.of(view));
      }
      json.writeEndArray();
    }
    if (settings.mirrored()) {
      json.writeBooleanField("mirrored", true);
    }
    if (fit.isPresent()) {
      json.writeObjectFieldStart("calibration");
      json.writeNumberField("scale", fit.get().calibration().scale());
      json.writeNumberField("offset", fit.get().calibration().offset());
      json.writeEndObject();
      DecisionJson.settings(fit.get().rule(), json);
    }
    figures(evaluation, fit, json);
    json.writeObjectFieldStart("provenance");
    for (Map.Entry<String, String> fact : evaluation.facts().entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.flush();
  }

  private static void figures(Evaluation evaluation, Optional<OutOfFoldFit> fit, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("figures");
    json.writeStringField(
        "of", "each model on the images that it was not trained with, all folds pooled");
    OptionalDouble auc = evaluation.pooled().get(Metric.AUC);
    if (auc.isPresent()) {
      json.writeNumberField("AUC", auc.getAsDouble());
    }
    for (RecallAtRate each : RecallAtRate.all(evaluation.sourced())) {
      json.writeNumberField(
          "recall at " + 100 * each.limit() + " % false positives", each.recall());
    }
    if (fit.isPresent()) {
      DecisionJson.figures(fit.get().rule(), json);
    }
    json.writeEndObject();
  }
}
