package io.unmask.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.unmask.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.util.ListStatistics;

class ComparisonTest {

  private static final Map<String, String> TWO = Map.of("threads", "2");

  @Test
  void aTimingHasTheMedianAndTheNinetiethPercentile() {
    double[] milliseconds = new double[100];
    for (int i = 0; i < milliseconds.length; i++) {
      milliseconds[i] = 100 - i;
    }
    Timing timing = Timing.of(new ListStatistics(milliseconds));
    assertThat(timing.samples()).isEqualTo(100);
    assertThat(timing.best()).isEqualTo(1);
    assertThat(timing.median()).isBetween(50.0, 51.0);
    assertThat(timing.p90()).isBetween(90.0, 91.0);
  }

  @Test
  void inferenceIsComparedUnderTheSameCircumstances() {
    Row cpu = row("BareInference", 20, "engine", "unmask-cpu", "threads", "2", "batch", "8");
    Row peer = row("BareInference", 25, "engine", "onnxruntime", "threads", "2", "batch", "8");
    Row other = row("BareInference", 50, "engine", "onnxruntime", "threads", "1", "batch", "8");
    Comparison comparison = Comparison.of(List.of(peer, other, cpu));
    assertThat(cpu.benchmark()).isEqualTo("inference");
    assertThat(comparison.ratios(cpu)).containsExactly(entry("onnxruntime", 0.8));
    assertThat(comparison.ratios(peer)).containsExactly(entry("onnxruntime", 1.0));
    assertThat(Comparison.of(List.of(cpu, other)).ratios(cpu)).isEmpty();
  }

  @Test
  void reducedPrecisionIsARowOfItsOwnBesideThePeersSinglePrecision() {
    Row reduced = row("BareInference", 12, "engine", "unmask-cpu-bf16", "threads", "2");
    Row peer = row("BareInference", 25, "engine", "onnxruntime", "threads", "2");
    Comparison comparison = Comparison.of(List.of(reduced, peer));
    assertThat(comparison.ratios(reduced)).containsExactly(entry("onnxruntime", 0.48));
    List<Json> rows = Json.parse(ComparisonJson.of(comparison).getBytes(UTF_8)).elements();
    assertThat(rows)
        .extracting(row -> row.get("engine").string() + " " + row.get("precision").string())
        .containsExactly("onnxruntime f32", "unmask-cpu-bf16 bf16");
  }

  @Test
  void fiveModelsAreComparedWithFiveSessionsAndWithOneModel() {
    Row one = row("BareInference", 25, "engine", "unmask-cpu", "threads", "2", "batch", "1");
    Row shared = ensemble("unmask-cpu", "five-shared", 26);
    Row sessions = ensemble("onnxruntime", "five-shared", 130);
    Row distinct = ensemble("onnxruntime", "five-distinct", 1000);
    Comparison comparison = Comparison.of(List.of(one, shared, sessions, distinct));
    assertThat(shared.benchmark()).isEqualTo("ensemble-shared");
    assertThat(distinct.benchmark()).isEqualTo("ensemble-distinct");
    assertThat(comparison.ratios(shared))
        .containsExactly(entry("onnxruntime", 0.2), entry("one-model", 1.04));
  }

  @Test
  void thePlotHasABarForEachOfOursThatHasAPeer(@TempDir Path folder) throws IOException {
    Row cpu = row("BareInference", 20, "engine", "unmask-cpu", "threads", "2", "batch", "8");
    Row peer = row("BareInference", 25, "engine", "onnxruntime", "threads", "2", "batch", "8");
    Row alone = row("BareInference", 9, "engine", "unmask-cpu", "threads", "1", "batch", "1");
    Comparison comparison = Comparison.of(List.of(cpu, peer, alone));
    assertThat(ComparisonPlot.bars(comparison))
        .containsExactly(new ComparisonPlot.Bar("inference, batch 8, 2T: cpu / onnxruntime", 0.8));
    Path file = folder.resolve("plot.png");
    assertThat(ComparisonPlot.write(comparison, file)).isTrue();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(960);
    assertThat(ComparisonPlot.write(Comparison.of(List.of(alone)), file)).isFalse();
  }

  @Test
  void anImageEndToEndIsComparedWithThePeersInferenceAlone() {
    Row classify = row("ClassifyBytes", 30, "engine", "unmask-cpu", "threads", "2");
    Row bare = row("BareInference", 25, "engine", "onnxruntime", "threads", "2", "batch", "1");
    Row keras =
        new Row("classify", "keras", TWO, new Timing(3, 100, 120, 130), OptionalDouble.empty());
    assertThat(Comparison.of(List.of(classify, bare, keras)).ratios(classify))
        .containsExactly(entry("onnxruntime", 1.2), entry("keras", 0.25));
  }

  @Test
  void preprocessingIsComparedWithTensorFlowStepByStep() {
    Row java = preprocessing("unmask-java", "whole", 3);
    Row peer = preprocessing("tensorflow", "whole", 4);
    Row half = preprocessing("tensorflow", "decode", 2);
    assertThat(java.benchmark()).isEqualTo("preprocess");
    assertThat(half.benchmark()).isEqualTo("preprocess-decode");
    assertThat(Comparison.of(List.of(java, peer, half)).ratios(java))
        .containsExactly(entry("tensorflow", 0.75));
  }

  @Test
  void theJsonIsAnArrayOfRows() {
    Row cpu = row("BareInference", 20.123456789, "engine", "unmask-cpu", "threads", "2");
    Row peer = row("BareInference", 25, "engine", "onnxruntime", "threads", "2");
    Row java = preprocessing("unmask-java", "whole", 3);
    Row start =
        new Row(
            "first-verdict",
            "unmask-cpu",
            Map.of("models", "five-shared"),
            new Timing(3, 800, 850, 900),
            OptionalDouble.of(252));
    Row keras =
        new Row(
            "first-verdict",
            "keras",
            Map.of("models", "five-shared"),
            new Timing(3, 8000, 8500, 9000),
            OptionalDouble.of(1200));
    String text = ComparisonJson.of(Comparison.of(List.of(cpu, peer, java, start, keras)));
    assertThat(text).startsWith("[").endsWith("]\n");
    List<Json> rows = Json.parse(text.getBytes(UTF_8)).elements();
    assertThat(rows).hasSize(5);

    Json first = rows.get(1);
    assertThat(first.get("benchmark").string()).isEqualTo("first-verdict");
    assertThat(first.get("engine").string()).isEqualTo("unmask-cpu");
    assertThat(first.get("models").string()).isEqualTo("five-shared");
    assertThat(first.get("resident_mb").number()).isEqualTo(252);
    assertThat(first.get("ratio_to_onnxruntime").isNull()).isTrue();
    assertThat(first.get("ratio_to_keras").number()).isEqualTo(0.1);

    Json inference = rows.get(3);
    assertThat(inference.get("benchmark").string()).isEqualTo("inference");
    assertThat(inference.get("batch").integer()).isEqualTo(1);
    assertThat(inference.get("threads").integer()).isEqualTo(2);
    assertThat(inference.get("samples").integer()).isEqualTo(100);
    assertThat(inference.get("median_ms").number()).isEqualTo(20.1235);
    assertThat(inference.get("p90_ms").number()).isEqualTo(22.1358);
    assertThat(inference.get("ratio_to_onnxruntime").number()).isEqualTo(0.804938);

    assertThat(text)
        .contains(
            "{\"benchmark\":\"preprocess\",\"engine\":\"unmask-java\",\"batch\":1,"
                + "\"image\":\"jpeg-256\",\"threads\":1,\"samples\":100,\"best_ms\":2.7,"
                + "\"median_ms\":3,\"p90_ms\":3.3,\"ratio_to_onnxruntime\":null}");
  }

  @Test
  void theTableHasALineForEachRow() {
    Row cpu = row("BareInference", 20, "engine", "unmask-cpu", "threads", "2");
    Row peer = row("BareInference", 25, "engine", "onnxruntime", "threads", "2");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Comparison.of(List.of(cpu, peer)).print(new PrintStream(bytes, true, UTF_8));
    assertThat(bytes.toString(UTF_8).lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.matches("inference +unmask-cpu +batch=1 threads=2 .*onnxruntime 0[.,]800"));
  }

  private static Row ensemble(String engine, String models, double median) {
    return row("SeveralModels", median, "engine", engine, "models", models, "threads", "2");
  }

  private static Row preprocessing(String engine, String step, double median) {
    return row("Preprocessing", median, "engine", engine, "image", "jpeg-256", "step", step);
  }

  private static Row row(String type, double median, String... parameters) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return Row.of(type, map, new Timing(100, median * 0.9, median, median * 1.1));
  }
}
