package io.unmask.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A comparison for programs: an array with an object for each row. */
final class ComparisonJson {

  private static final MathContext DIGITS = new MathContext(6);

  private ComparisonJson() {}

  static String of(Comparison comparison) {
    return comparison.rows().stream()
        .map(row -> line(row, comparison.ratios(row)))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String line(Row row, Map<String, Double> ratios) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, row, ratios);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Row row, Map<String, Double> ratios)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("benchmark", row.benchmark());
    json.writeStringField("engine", row.engine());
    if (row.benchmark().equals(Row.INFERENCE)) {
      json.writeStringField("precision", Engine.precision(row.engine()).toString());
    }
    for (Map.Entry<String, String> parameter : new TreeMap<>(row.parameters()).entrySet()) {
      String key = parameter.getKey();
      if (key.equals(Row.BATCH) || key.equals(Row.THREADS)) {
        json.writeNumberField(key, Integer.parseInt(parameter.getValue()));
      } else {
        json.writeStringField(key, parameter.getValue());
      }
    }
    json.writeNumberField("samples", row.timing().samples());
    number(json, "best_ms", row.timing().best());
    number(json, "median_ms", row.timing().median());
    number(json, "p90_ms", row.timing().p90());
    if (row.residentMegabytes().isPresent()) {
      number(json, "resident_mb", row.residentMegabytes().getAsDouble());
    }
    Map<String, Double> others = new LinkedHashMap<>(ratios);
    Double peer = others.remove(Engine.PEER);
    json.writeFieldName("ratio_to_" + Engine.PEER);
    if (peer == null) {
      json.writeNull();
    } else {
      json.writeNumber(rounded(peer));
    }
    for (Map.Entry<String, Double> other : others.entrySet()) {
      number(json, "ratio_to_" + other.getKey().replace('-', '_'), other.getValue());
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String key, double value) throws IOException {
    json.writeNumberField(key, rounded(value));
  }

  private static BigDecimal rounded(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
