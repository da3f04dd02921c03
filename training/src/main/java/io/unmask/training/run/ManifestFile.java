package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.model.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the manifest that makes one detector of the models of all folds. */
final class ManifestFile {

  private ManifestFile() {}

  static void write(TrainingSettings settings, RunFolder folder, int folds) {
    AtomicFile.write(
        folder.folder().resolve(Manifest.FILE_NAME), out -> write(settings, folder, folds, out));
  }

  private static void write(
      TrainingSettings settings, RunFolder folder, int folds, OutputStream stream)
      throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(stream);
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeNumberField("version", 1);
    json.writeArrayFieldStart("members");
    for (int fold = 1; fold <= folds; fold++) {
      json.writeString(
          String.valueOf(folder.model(fold, settings.plan().phases().size()).getFileName()));
    }
    json.writeEndArray();
    json.writeObjectFieldStart("provenance");
    for (Map.Entry<String, String> fact : settings.facts().entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.flush();
  }
}
