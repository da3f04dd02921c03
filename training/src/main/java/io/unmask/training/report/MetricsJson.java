package io.unmask.training.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.evaluation.CalibrationCurve;
import io.unmask.evaluation.ConfusionMatrix;
import io.unmask.evaluation.MeanAndDeviation;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.RecallAtRate;
import io.unmask.evaluation.SourceTable;
import io.unmask.training.data.LeftOut;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code metrics.json}: every figure, for programs. */
final class MetricsJson {

  private final Evaluation evaluation;
  private final JsonGenerator json;

  private MetricsJson(Evaluation evaluation, JsonGenerator json) {
    this.evaluation = evaluation;
    this.json = json;
  }

  static String of(Evaluation evaluation) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      new MetricsJson(evaluation, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("facts");
    for (Map.Entry<String, String> fact : evaluation.facts().entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("threshold", evaluation.threshold());
    json.writeFieldName("pooled");
    metrics(evaluation.pooled(), "");
    if (evaluation.parts().size() > 1) {
      folds(evaluation.metrics());
    }
    recalls();
    SourceTable sources = evaluation.sources();
    if (sources.hasSeveral()) {
      sources(sources);
    }
    json.writeArrayFieldStart("leftOut");
    for (LeftOut out : evaluation.leftOut()) {
      json.writeStartObject();
      json.writeStringField("file", out.file().toString());
      json.writeStringField("reason", out.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void folds(List<Metrics> folds) throws IOException {
    json.writeObjectFieldStart("overFolds");
    for (Metric metric : Metric.values()) {
      if (folds.stream().anyMatch(fold -> fold.get(metric).isPresent())) {
        MeanAndDeviation over = Metrics.over(folds, metric);
        json.writeObjectFieldStart(metric.key());
        json.writeNumberField("mean", over.mean());
        json.writeNumberField("deviation", over.deviation());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("folds");
    for (int i = 0; i < folds.size(); i++) {
      metrics(folds.get(i), evaluation.parts().get(i).name());
    }
    json.writeEndArray();
  }

  private void recalls() throws IOException {
    json.writeArrayFieldStart("recall_at_fpr");
    for (RecallAtRate each : RecallAtRate.all(evaluation.sourced())) {
      json.writeStartObject();
      json.writeNumberField("fpr", each.limit());
      json.writeNumberField("recall", each.recall());
      json.writeNumberField("low", each.low());
      json.writeNumberField("high", each.high());
      json.writeNumberField("threshold", each.threshold());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void sources(SourceTable sources) throws IOException {
    json.writeObjectFieldStart("sources");
    json.writeArrayFieldStart("generators");
    for (SourceTable.Generator generator : sources.generators()) {
      source(generator.name(), generator.parts(), generator.images());
      figures("againstOwnCameras", generator.own());
      figures("againstAllCameras", generator.all());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("cameras");
    for (SourceTable.Camera camera : sources.cameras()) {
      source(camera.name(), camera.parts(), camera.images());
      json.writeNumberField("takenForFake", camera.takenForFake());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("mean");
    figures("againstOwnCameras", sources.meanOwn());
    figures("againstAllCameras", sources.meanAll());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void source(String name, String parts, int images) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("parts", parts);
    json.writeNumberField("images", images);
  }

  private void figures(String name, SourceTable.Figures figures) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("auc", figures.auc());
    json.writeNumberField("recallAt5", figures.recallAt5());
    json.writeNumberField("recallAt1", figures.recallAt1());
    json.writeEndObject();
  }

  private void metrics(Metrics metrics, String name) throws IOException {
    json.writeStartObject();
    if (!name.isEmpty()) {
      json.writeStringField("name", name);
    }
    json.writeNumberField("real", metrics.predictions().realCount());
    json.writeNumberField("fake", metrics.predictions().fakeCount());
    for (Metric metric : Metric.values()) {
      OptionalDouble value = metrics.get(metric);
      if (value.isPresent()) {
        json.writeNumberField(metric.key(), value.getAsDouble());
      } else {
        json.writeNullField(metric.key());
      }
    }
    ConfusionMatrix matrix = metrics.matrix();
    json.writeObjectFieldStart("confusionMatrix");
    json.writeNumberField("trueReal", matrix.trueReal());
    json.writeNumberField("falseFake", matrix.falseFake());
    json.writeNumberField("falseReal", matrix.falseReal());
    json.writeNumberField("trueFake", matrix.trueFake());
    json.writeEndObject();
    json.writeArrayFieldStart("calibration");
    for (CalibrationCurve.Bin bin : metrics.calibration().bins()) {
      json.writeStartObject();
      json.writeNumberField("meanProbability", bin.meanProbability());
      json.writeNumberField("shareOfFake", bin.shareOfFake());
      json.writeNumberField("count", bin.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("report", metrics.report().toString());
    json.writeEndObject();
  }
}
