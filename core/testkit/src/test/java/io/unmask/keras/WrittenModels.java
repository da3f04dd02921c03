package io.unmask.keras;

import io.unmask.keras.write.ConfigWriter;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.FullSizeModels;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes all golden models, the full-size networks, two narrow Xceptions, one of them also in half
 * precision, and two heads on taps to a folder, with {@code written.json} that says what they
 * answer, for {@code src/test/golden/check_written.py} to load them with real Keras.
 */
public final class WrittenModels {

  private final Path folder;
  private final List<Map<String, Object>> checks = new ArrayList<>();

  private WrittenModels(Path folder) {
    this.folder = folder;
  }

  /** Takes the folder. */
  public static void main(String... args) throws IOException {
    WrittenModels written = new WrittenModels(Files.createDirectories(Path.of(args[0])));
    KerasWriterTest.models().forEach(written::golden);
    FullSizeModels.all().forEach(written::fullSize);
    XceptionClassifier narrow =
        new XceptionClassifier(Shape.of(75, 71, 3), 0.1, List.of(6, 4), 0.3);
    written.xception("narrow_xception.keras", narrow, 0.1, Precision.SINGLE);
    written.xception("narrow_xception_half.keras", narrow, 0.1, Precision.HALF);
    written.xception("xception_mini.keras", XceptionClassifier.mini(), 0.003, Precision.SINGLE);
    written.taps("taps_linear.keras", narrow, 0);
    written.taps("taps_hidden.keras", narrow, 5);
    Files.write(
        written.folder.resolve("written.json"),
        ConfigWriter.json(Map.of("checks", written.checks)));
  }

  private void golden(GoldenModels.Case model) {
    List<List<Float>> outputs = new ArrayList<>();
    for (float[] output : model.outputs()) {
      List<Float> values = new ArrayList<>();
      for (float value : output) {
        values.add(value);
      }
      outputs.add(values);
    }
    write(model.name() + ".keras", model.network(), "noise", model.seed(), outputs);
  }

  private void fullSize(FullSizeModels.Case model) {
    Map.Entry<Integer, Double> answer = model.probabilities().entrySet().iterator().next();
    write(
        "full_size_" + model.name() + ".keras",
        model.network(),
        "smooth",
        answer.getKey(),
        List.of(List.of(answer.getValue())));
  }

  private void xception(
      String name, XceptionClassifier architecture, double kernelFactor, Precision precision) {
    FormulaWeights weights = new FormulaWeights("output_layer", kernelFactor, 0.2);
    KerasWriter.write(architecture.build(weights), folder.resolve(name), precision);
    Network network = KerasReader.read(folder.resolve(name));
    double[][] outputs = Interpreter.run(network, GoldenModels.image(architecture.input(), 3));
    List<List<Double>> lists =
        Arrays.stream(outputs).map(o -> Arrays.stream(o).boxed().toList()).toList();
    check(name, network, "noise", 3, lists);
  }

  /** A head on three layers of a narrow Xception. */
  private void taps(String name, XceptionClassifier trunk, int hidden) {
    List<String> layers =
        List.of("xception/block1_conv2_act", "xception/add_1", "global_avg_pooling");
    TapsClassifier taps =
        new TapsClassifier(layers, true, hidden, 0.2, 80, TapsClassifier.Range.SIGNED);
    FormulaWeights weights = new FormulaWeights("output_layer", 0.1, 0.2);
    KerasWriter.write(taps.build(trunk.build(weights), weights), folder.resolve(name));
    Network network = KerasReader.read(folder.resolve(name));
    double[][] outputs = Interpreter.run(network, GoldenModels.image(network.inputShape(), 3));
    List<List<Double>> lists =
        Arrays.stream(outputs).map(o -> Arrays.stream(o).boxed().toList()).toList();
    check(name, network, "noise", 3, lists);
  }

  private void write(String name, Network network, String image, int seed, Object outputs) {
    KerasWriter.write(network, folder.resolve(name));
    check(name, network, image, seed, outputs);
  }

  private void check(String name, Network network, String image, int seed, Object outputs) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("model", name);
    check.put("input_shape", Arrays.stream(network.inputShape().toArray()).boxed().toList());
    check.put("image", image);
    check.put("seed", seed);
    check.put("outputs", outputs);
    checks.add(check);
  }
}
