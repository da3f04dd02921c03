package io.unmask.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A benchmark with some values of its parameters, all combined with each other.
 *
 * @param name what the rows are called, or how that begins
 * @param benchmark its class
 * @param parameters values of each of its fields
 */
record Selection(String name, Class<?> benchmark, Map<String, List<String>> parameters) {

  private static final List<String> ENGINES = List.of(Engine.CPU, Engine.TENSORFLOW, Engine.PEER);
  private static final List<String> CPU_AND_PEER = List.of(Engine.CPU, Engine.PEER);
  private static final List<String> IMAGES =
      List.of("jpeg-256", "jpeg-1024", "jpeg-12mp", "png-1024");
  private static final List<String> BOTH = List.of("1", "2");
  private static final List<String> ONE = List.of("1");
  private static final List<String> TWO = List.of("2");

  /** Bare inference, the ensembles, one image end to end, and preprocessing: minutes. */
  static List<Selection> quick() {
    return List.of(
        inference(reduced(ENGINES), TWO, ONE),
        inference(reduced(CPU_AND_PEER), ONE, ONE),
        ensembles(),
        classify(List.of(Engine.CPU), TWO),
        preprocessing(List.of(Preprocessing.JAVA, Preprocessing.PEER), List.of("whole")));
  }

  /** Everything. */
  static List<Selection> full() {
    return List.of(
        inference(reduced(ENGINES), BOTH, List.of("1", "8", "32")),
        backbones(),
        ensembles(),
        classify(List.of(Engine.CPU, Engine.TENSORFLOW), BOTH),
        preprocessing(
            List.of(Preprocessing.JAVA, Engine.TENSORFLOW, Preprocessing.PEER), List.of("whole")),
        preprocessing(List.of(Preprocessing.JAVA, Preprocessing.PEER), List.of("decode", "resize")),
        new Selection(
            "load",
            ModelLoad.class,
            Map.of(
                "engine",
                ENGINES,
                "models",
                List.of(SampleModels.ONE, SampleModels.SHARED),
                "threads",
                TWO)),
        new Selection("first-answer", FirstAnswer.class, Map.of("engine", ENGINES, "threads", TWO)),
        new Selection(
            "folder",
            FolderThroughput.class,
            Map.of(
                "engine",
                List.of(Engine.CPU, FolderThroughput.IN_TURN, Engine.PEER),
                "threads",
                TWO)));
  }

  /** With ours in reduced precision, where the processor has it. */
  private static List<String> reduced(List<String> engines) {
    List<String> all = new ArrayList<>(engines);
    if (Engine.hasBf16()) {
      all.add(Engine.CPU_BF16);
    }
    return all;
  }

  private static Selection inference(
      List<String> engines, List<String> threads, List<String> batches) {
    return new Selection(
        Row.INFERENCE,
        BareInference.class,
        Map.of("engine", engines, "threads", threads, "batch", batches));
  }

  private static Selection backbones() {
    return new Selection(
        Row.BACKBONE,
        BackboneInference.class,
        Map.of(
            "engine",
            CPU_AND_PEER,
            "threads",
            BOTH,
            "model",
            List.of(
                "MobileNetV2",
                "ResNet50",
                "EfficientNetB0",
                "DenseNet121",
                "ConvNeXtTiny",
                "vit-small")));
  }

  private static Selection ensembles() {
    return new Selection(
        "ensemble",
        SeveralModels.class,
        Map.of(
            "engine",
            CPU_AND_PEER,
            "models",
            List.of(SampleModels.SHARED, SampleModels.DISTINCT),
            "threads",
            TWO));
  }

  private static Selection classify(List<String> engines, List<String> threads) {
    return new Selection(
        Row.CLASSIFY, ClassifyBytes.class, Map.of("engine", engines, "threads", threads));
  }

  private static Selection preprocessing(List<String> engines, List<String> steps) {
    return new Selection(
        Row.PREPROCESS,
        Preprocessing.class,
        Map.of("engine", engines, "image", IMAGES, "step", steps));
  }

  /** How many rows it gives. */
  int combinations() {
    return parameters.values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
  }

  /**
   * What JMH is to run.
   *
   * @param hasty whether each JVM measures for two seconds, and not as long as the benchmark says
   */
  Options options(boolean hasty) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().include("^" + benchmark.getName().replace(".", "\\.") + "\\.");
    parameters.forEach((key, values) -> options.param(key, values.toArray(String[]::new)));
    if (hasty) {
      options.measurementTime(TimeValue.seconds(2));
    }
    return options.build();
  }
}
