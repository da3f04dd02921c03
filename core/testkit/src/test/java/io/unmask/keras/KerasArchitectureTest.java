package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.error.ModelFormatException;
import io.unmask.json.Json;
import io.unmask.keras.file.Blueprint;
import io.unmask.keras.layers.Variable;
import io.unmask.keras.layers.WeightDemand;
import io.unmask.network.Network;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Weights alone, with Keras's own answers: files of {@code make_weights.py}, and the architectures
 * of {@code make_architectures.py}.
 */
class KerasArchitectureTest {

  @TempDir Path folder;

  static Stream<GoldenModels.Weighted> weights() {
    return GoldenModels.weights();
  }

  private static Path file(String name) {
    return GoldenModels.file("weights/" + name);
  }

  private static KerasArchitecture architecture(String name) {
    return name.endsWith(".json")
        ? KerasArchitecture.read(file(name))
        : KerasArchitecture.named(name);
  }

  @ParameterizedTest
  @MethodSource("weights")
  void answersAsKerasDoes(GoldenModels.Weighted weights) throws IOException {
    KerasArchitecture architecture = architecture(weights.architecture());
    check(weights, architecture.network(weights.file()));
    check(weights, architecture.network("memory", Files.readAllBytes(weights.file())));
  }

  private static void check(GoldenModels.Weighted weights, Network network) {
    double[][] outputs = Interpreter.run(network, weights.image());
    assertThat(outputs).hasNumberOfRows(1);
    assertThat(outputs[0]).hasSize(weights.answer().length);
    for (int i = 0; i < outputs[0].length; i++) {
      assertThat(outputs[0][i]).isCloseTo(weights.answer()[i], within(1e-5));
    }
  }

  @Test
  void hasAsManyParametersAsKerasCounts() throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (InputStream stream = KerasArchitecture.class.getResourceAsStream("architectures.zip");
        ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    Json counts = Json.parse(texts.get("index.json").getBytes(StandardCharsets.UTF_8));
    assertThat(KerasArchitecture.names()).hasSize(counts.keys().size()).hasSizeGreaterThan(40);
    for (String name : KerasArchitecture.names()) {
      Blueprint blueprint = new Blueprint(name, texts.get(name + ".json"));
      WeightDemand demand = WeightDemand.of(blueprint.model(2), blueprint.generation());
      long asked =
          demand.variables().values().stream()
              .flatMap(List::stream)
              .map(Variable::shape)
              .mapToLong(shape -> shape.size())
              .sum();
      assertThat(asked).as(name).isEqualTo((long) counts.get(name).number());
    }
  }

  @Test
  void capitalsDoNotCountInNames() {
    assertThat(KerasArchitecture.named("MESONET4")).hasToString("mesonet4");
    assertThat(KerasArchitecture.named("mobilenetv2")).hasToString("MobileNetV2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KerasArchitecture.named("mesonet5"))
        .withMessageContaining("no architecture 'mesonet5'")
        .withMessageContaining("model.to_json()")
        .withMessageContaining("mesonet4, mesoinception4, Xception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keras2_mesonet4.h5 | mesoinception4 | has 22 layers with weights (conv2d_1, ",
        "mesonet4.weights.h5 | mesoinception4 | has shape (3, 3, 3, 8) in the file, but the layer asks for (1, 1, 3, 4)",
        "mesoinception4.weights.h5 | mesonet4 | which the architecture has no layers for",
        "mesonet4.weights.h5 | MobileNetV3Small | it holds weights for dense and 1 more, which",
        "keras2_nested_renamed.h5 | keras2_frozen.json | in the order of Keras its",
      })
  void saysWhatDoesNotFit(String name, String other, String part) {
    assertThatThrownBy(() -> architecture(other).network(file(name)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file(name) + ": ")
        .hasMessageContaining(part)
        .hasMessageContaining("model.to_json()")
        .hasMessageNotContaining("save the model again");
  }

  @Test
  void shapesMustFit() throws IOException {
    Path other = folder.resolve("wider.json");
    String text = Files.readString(file("keras2_nested.json"));
    assertThat(text).contains("\"units\": 4");
    Files.writeString(other, text.replace("\"units\": 4", "\"units\": 5"));
    assertThatThrownBy(() -> KerasArchitecture.read(other).network(file("keras2_nested.h5")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("has shape (3, 4) in the file, but the layer asks for (3, 5)")
        .hasMessageContaining("the weights are those of another model");
  }

  @Test
  void aWholeModelGivesItsWeightsToo() {
    Network whole = KerasReader.read(GoldenModels.file("vit.h5"));
    for (String name : List.of("vit.h5", "vit.keras")) {
      assertThat(KerasReader.holdsWeightsOnly(GoldenModels.file(name))).isFalse();
      assertThatThrownBy(() -> KerasArchitecture.named("mesonet4").network(GoldenModels.file(name)))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("model.to_json()");
    }
    assertThat(whole.parameters()).isPositive();
  }

  @Test
  void refusesWhatIsNoArchitecture() throws IOException {
    Path missing = folder.resolve("missing.json");
    Path list = Files.writeString(folder.resolve("list.json"), "[1]");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"class_name\": \"Mine\"}");
    assertThatThrownBy(() -> KerasArchitecture.read(missing))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> KerasArchitecture.read(list))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("list.json: expected the JSON of a Keras model");
    assertThatThrownBy(() -> KerasArchitecture.read(other)).hasMessageContaining("other.json: ");
  }
}
