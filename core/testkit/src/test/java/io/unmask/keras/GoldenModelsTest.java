package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.error.UnsupportedLayerException;
import io.unmask.network.Network;
import io.unmask.network.pass.DropInferenceNoOps;
import io.unmask.network.pass.FoldBatchNormalization;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.Pass;
import io.unmask.network.pass.Passes;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.network.pass.SplitLayers;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keras's own answers for models that Keras wrote, as read and after every pass. */
class GoldenModelsTest {

  /** Keras computes in float32, and its values are of the order of 1 to 10. */
  private static final double TOLERANCE = 1e-5;

  static Stream<GoldenModels.Case> models() {
    return GoldenModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsKerasDoes(GoldenModels.Case model) {
    check(model, model.network());
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersTheSameAfterEachPass(GoldenModels.Case model) {
    Network network = model.network();
    for (Pass pass :
        List.of(
            new DropInferenceNoOps(),
            new ShareIdentical(),
            new SplitLayers(),
            new FoldBatchNormalization(),
            Passes.forInference())) {
      check(model, pass.apply(network));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersTheSameMergedWithItself(GoldenModels.Case model) {
    Network merged = MergeNetworks.merge("twice", List.of(model.network(), model.network()));
    Network shared = Passes.forInference().apply(merged);
    double[][] outputs = Interpreter.run(shared, model.image());
    int half = model.outputs().size();
    assertThat(outputs).hasNumberOfRows(2 * half);
    for (int i = 0; i < half; i++) {
      assertThat(outputs[i]).isSameAs(outputs[half + i]);
      assertClose(outputs[i], model.outputs().get(i));
    }
  }

  private static void check(GoldenModels.Case model, Network network) {
    double[][] outputs = Interpreter.run(network, model.image());
    assertThat(outputs).hasNumberOfRows(model.outputs().size());
    for (int i = 0; i < outputs.length; i++) {
      assertClose(outputs[i], model.outputs().get(i));
    }
  }

  private static void assertClose(double[] actual, float[] expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < actual.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(TOLERANCE * scale));
    }
  }

  @Test
  void refusesActivationsThatTheNetworkHasNot(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sparse.keras");
    try (ZipInputStream from =
            new ZipInputStream(Files.newInputStream(GoldenModels.file("activations_more.keras")));
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        byte[] content = from.readAllBytes();
        if (entry.getName().equals("config.json")) {
          String config = new String(content, StandardCharsets.UTF_8);
          assertThat(config).contains("\"softsign\"");
          content =
              config.replace("\"softsign\"", "\"sparsemax\"").getBytes(StandardCharsets.UTF_8);
        }
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(content);
      }
    }
    assertThatThrownBy(() -> KerasReader.read(file))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll(
            "sparse.keras", "sparsemax", "supported are celu, elu, exponential");
  }

  @Test
  void refusesSoftmaxOverOtherAxes() {
    assertThatThrownBy(() -> KerasReader.read(GoldenModels.file("softmax.keras")))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("softmax.keras", "softmax_1", "axis 1", "the last axis");
  }

  @Test
  void tellsTheVersionThatWroteAFile() {
    assertThat(KerasReader.version(GoldenModels.file("base.keras"))).hasValue("3.15.1");
    assertThat(KerasReader.version(GoldenModels.file("base.h5"))).hasValue("3.15.1");
    assertThat(KerasReader.version(GoldenModels.file("broken/missing_metadata.keras"))).isEmpty();
  }
}
