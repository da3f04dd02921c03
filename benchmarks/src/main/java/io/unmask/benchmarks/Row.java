package io.unmask.benchmarks;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured under one combination of parameters.
 *
 * @param benchmark what was done, such as {@code inference}
 * @param engine who did it
 * @param parameters under which circumstances; the batch and the threads are always among them
 * @param timing how long it took
 * @param residentMegabytes how much memory the process had at most, where that was measured
 */
record Row(
    String benchmark,
    String engine,
    Map<String, String> parameters,
    Timing timing,
    OptionalDouble residentMegabytes) {

  static final String INFERENCE = "inference";
  static final String ENSEMBLE = "ensemble-";
  static final String PREPROCESS = "preprocess";
  static final String BACKBONE = "backbone";
  static final String CLASSIFY = "classify";
  static final String FIRST_VERDICT = "first-verdict";

  static final String BATCH = "batch";
  static final String THREADS = "threads";

  private static final String ENGINE = "engine";

  /** Adds what nobody said: one image at a time, on one thread. */
  Row {
    Map<String, String> all = new TreeMap<>(Map.of(BATCH, "1", THREADS, "1"));
    all.putAll(parameters);
    parameters = Map.copyOf(all);
  }

  static Row of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    for (String key : params.getParamsKeys()) {
      parameters.put(key, params.getParam(key));
    }
    String method = params.getBenchmark();
    String type = method.substring(0, method.lastIndexOf('.'));
    return of(
        type.substring(type.lastIndexOf('.') + 1),
        parameters,
        Timing.of(result.getPrimaryResult().getStatistics()));
  }

  /**
   * Names what a benchmark measured.
   *
   * @param type the benchmark's class
   * @param parameters the values of its fields
   */
  static Row of(String type, Map<String, String> parameters, Timing timing) {
    Map<String, String> others = new TreeMap<>(parameters);
    String engine = Objects.requireNonNullElse(others.remove(ENGINE), "");
    String benchmark =
        switch (type) {
          case "BareInference" -> INFERENCE;
          case "SeveralModels" -> ENSEMBLE + required(others, "models").replace("five-", "");
          case "Preprocessing" -> {
            String step = required(others, "step");
            yield step.equals("whole") ? PREPROCESS : PREPROCESS + "-" + step;
          }
          case "BackboneInference" -> BACKBONE;
          case "ClassifyBytes" -> CLASSIFY;
          case "ModelLoad" -> "load";
          case "FirstAnswer" -> "first-answer";
          case "FolderThroughput" -> "folder";
          default -> type;
        };
    return new Row(benchmark, engine, others, timing, OptionalDouble.empty());
  }

  private static String required(Map<String, String> parameters, String key) {
    return Objects.requireNonNull(parameters.remove(key), key);
  }

  /** Whether another row is for that benchmark and engine, under the same circumstances. */
  boolean isPeer(Row other, String benchmark, String engine) {
    return other.benchmark().equals(benchmark)
        && other.engine().equals(engine)
        && other.parameters().equals(parameters);
  }
}
