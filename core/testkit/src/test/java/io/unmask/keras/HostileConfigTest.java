package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Network;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.fuzz.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations made to keep their reader busy are refused, or read, soon. */
class HostileConfigTest {

  private static final long MOST_BYTES = 512 << 20;
  private static final String INPUT =
      """
      {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
       "config": {"name": "in", "batch_shape": [null, 4, 4, 3]}}""";

  @TempDir Path folder;

  /** Each holds the next and calls it twice, so that the innermost is called 2^40 times. */
  @Test
  void nestedModelsWithoutLayersThatAreUsedTwice() throws Exception {
    String model = model(INPUT, "[\"in\", 0, 0]");
    for (int level = 0; level < 40; level++) {
      String inner =
          model.substring(0, model.length() - 1)
              + ", \"name\": \"inner\", \"inbound_nodes\":"
              + " [[[\"in\", 0, 0, {}]], [[\"inner\", 0, 0, {}]]]}";
      model = model(INPUT + ", " + inner, "[\"inner\", 2, 0]");
    }
    byte[] file = archive(model);
    run(
        () ->
            assertThatThrownBy(() -> KerasReader.read("model.keras", file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("more than 50,000 layers"));
  }

  /** The layer comes first, and finds each of those that it reads missing. */
  @Test
  void aLayerThatReadsVeryManyThatFollow() throws Exception {
    int count = 20_000;
    String operands =
        IntStream.range(0, count)
            .mapToObj("[\"d%d\", 0, 0, {}]"::formatted)
            .collect(Collectors.joining(","));
    String layers =
        IntStream.range(0, count)
            .mapToObj(
                """
                {"class_name": "Identity", "name": "d%1$d", "config": {"name": "d%1$d"},
                 "inbound_nodes": [[["in", 0, 0, {}]]]}"""
                    ::formatted)
            .collect(Collectors.joining(","));
    String sum =
        "{\"class_name\": \"Add\", \"name\": \"sum\", \"config\": {\"name\": \"sum\"},"
            + " \"inbound_nodes\": [["
            + operands
            + "]]}";
    byte[] file = archive(model(sum + "," + INPUT + "," + layers, "[\"sum\", 0, 0]"));
    AtomicReference<Network> network = new AtomicReference<>();
    run(() -> network.set(KerasReader.read("model.keras", file)));
    assertThat(network.get().nodes()).hasSize(count + 2);
  }

  private static String model(String layers, String output) {
    return """
        {"class_name": "Functional", "config": {"name": "inner", "layers": [%s],
         "input_layers": [["in", 0, 0]], "output_layers": [%s]}}"""
        .formatted(layers, output);
  }

  private byte[] archive(String config) throws Exception {
    Map<String, byte[]> members = ModelFiles.members(GoldenModels.file("base.keras"));
    members.put("config.json", config.getBytes(StandardCharsets.UTF_8));
    return Files.readAllBytes(ModelFiles.write(folder.resolve("model.keras"), members));
  }

  private static void run(Runnable code) throws InterruptedException {
    try (Trial trial = new Trial()) {
      trial.run(
          () -> {
            code.run();
            return code;
          },
          MOST_BYTES);
    }
  }
}
