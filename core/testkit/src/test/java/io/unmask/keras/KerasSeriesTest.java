package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.DetectorException;
import io.unmask.error.ModelFormatException;
import io.unmask.keras.archive.ArchiveMembers;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KerasSeriesTest {

  private static final Path FIRST = GoldenModels.file("tiny.keras");

  @TempDir Path folder;

  @Test
  void whatIsTheSameInAFileLikeTheFirstIsOneObject() throws IOException {
    Weights kernel = largest(KerasReader.read(FIRST));
    Path other = withOtherNumber(kernel);
    KerasSeries series = new KerasSeries(List.of(FIRST, other));
    Network network = series.read(1);
    Network first = series.read(0);
    requireSame(network, KerasReader.read(other));
    int changed = 0;
    for (int i = 0; i < first.nodes().size(); i++) {
      Layer layer = first.node(i).layer();
      if (!layer.weights().contains(kernel)) {
        assertThat(network.node(i).layer()).isSameAs(layer);
        continue;
      }
      changed++;
      for (int w = 0; w < layer.weights().size(); w++) {
        Weights before = layer.weights().get(w);
        Weights after = network.node(i).layer().weights().get(w);
        if (before.equals(kernel)) {
          assertThat(after).isNotEqualTo(before);
        } else {
          assertThat(after).isSameAs(before);
        }
      }
    }
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void howAModelWasTrainedMakesNoDifference() throws IOException {
    Path other =
        changed(
            config ->
                config.substring(0, config.lastIndexOf("\"compile_config\""))
                    + "\"compile_config\": {\"optimizer\": \"adam_27\"}}");
    KerasSeries series = new KerasSeries(List.of(FIRST, other));
    requireShared(series.read(0), series.read(1));
  }

  @Test
  void aNameThatNoLayerHasMakesNoDifference() throws IOException {
    Path file = GoldenModels.file("sequential_cnn_with_optimizer.keras");
    Map<String, byte[]> members = ModelFiles.members(file);
    byte[] hdf5 = members.get(ArchiveMembers.WEIGHTS);
    replace(hdf5, "adam\0", "eve\0\0");
    Path other = ModelFiles.write(folder.resolve("eve.keras"), members);
    KerasSeries series = new KerasSeries(List.of(file, other));
    requireShared(series.read(0), series.read(1));
  }

  @Test
  void anotherModelIsReadAsItIs() throws IOException {
    Path renamed = changed(config -> config.replace("\"epsilon\": 0.001", "\"epsilon\": 0.002"));
    List<Path> files =
        List.of(FIRST, renamed, GoldenModels.file("base.h5"), GoldenModels.file("dense.keras"));
    KerasSeries series = new KerasSeries(files);
    for (int i = files.size() - 1; i >= 0; i--) {
      requireSame(series.read(i), KerasReader.read(files.get(i)));
    }
    assertThat(series.read(1).nodes()).isNotEqualTo(series.read(0).nodes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base.h5",
        "variant_deflated.keras",
        "variant_float16.keras",
        "variant_gzip_chunks.keras",
        "variant_big_endian.keras",
        "variant_latest_hdf5.keras",
        "variant_without_names.keras",
        "rescaling.keras",
        "shared_layers.keras"
      })
  void aCopyIsTheSameNetwork(String name) throws IOException {
    Path file = GoldenModels.file(name);
    Path copy = Files.copy(file, folder.resolve("copy" + name));
    KerasSeries series = new KerasSeries(List.of(file, copy));
    requireSame(series.read(1), KerasReader.read(file));
    requireSame(series.read(0), KerasReader.read(file));
  }

  @Test
  void aFileThatCannotBeReadIsReportedInItsTurn() throws IOException {
    Path missing = folder.resolve("missing.keras");
    KerasSeries series = new KerasSeries(List.of(FIRST, missing));
    requireSame(series.read(0), KerasReader.read(FIRST));
    assertThatThrownBy(() -> series.read(1))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("missing.keras", "no such file");
    KerasSeries reverse = new KerasSeries(List.of(missing, FIRST));
    requireSame(reverse.read(1), KerasReader.read(FIRST));
    assertThatThrownBy(() -> reverse.read(0))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("missing.keras", "no such file");
  }

  /** Whatever byte differs, the outcome is that of reading the file alone. */
  @ParameterizedTest
  @ValueSource(strings = {"base.keras", "batch_norm_variants.keras", "rescaling.keras"})
  void anyDifferenceHasTheOutcomeThatItHasAlone(String name) throws IOException {
    Path first = GoldenModels.file(name);
    byte[] good = Files.readAllBytes(first);
    Path other = folder.resolve("other.keras");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] different = good.clone();
      different[random.nextInt(different.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(other, different);
      KerasSeries series = new KerasSeries(List.of(first, other));
      Network alone;
      try {
        alone = KerasReader.read(other);
      } catch (DetectorException e) {
        refused++;
        assertThatThrownBy(() -> series.read(1))
            .isInstanceOf(e.getClass())
            .hasMessage(e.getMessage());
        continue;
      }
      requireSame(series.read(1), alone);
    }
    assertThat(refused).isBetween(10, 390);
  }

  private Path changed(UnaryOperator<String> change) throws IOException {
    return ModelFiles.withConfig(FIRST, folder.resolve("changed.keras"), change);
  }

  /** A copy of the first file in which one number of an array is another. */
  private Path withOtherNumber(Weights array) throws IOException {
    Map<String, byte[]> members = ModelFiles.members(FIRST);
    byte[] hdf5 = members.get(ArchiveMembers.WEIGHTS);
    ByteBuffer numbers = ByteBuffer.allocate(array.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    numbers.asFloatBuffer().put(array.toArray());
    int start = find(hdf5, numbers.array());
    ByteBuffer.wrap(hdf5)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(start + 4 * (array.size() / 2), 7);
    return ModelFiles.write(folder.resolve("other.keras"), members);
  }

  private static void replace(byte[] bytes, String from, String to) {
    byte[] text = to.getBytes(StandardCharsets.US_ASCII);
    int start = find(bytes, from.getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(text, 0, bytes, start, text.length);
  }

  private static int find(byte[] bytes, byte[] part) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int start = all.indexOf(new String(part, StandardCharsets.ISO_8859_1));
    assertThat(start).isNotNegative();
    return start;
  }

  private static Weights largest(Network network) {
    Weights largest = null;
    for (Node node : network.nodes()) {
      for (Weights weights : node.layer().weights()) {
        largest = largest == null || weights.size() > largest.size() ? weights : largest;
      }
    }
    return largest;
  }

  private static void requireSame(Network network, Network expected) {
    assertThat(network.name()).isEqualTo(expected.name());
    assertThat(network.nodes()).isEqualTo(expected.nodes());
    assertThat(network.outputs()).isEqualTo(expected.outputs());
  }

  private static void requireShared(Network network, Network other) {
    assertThat(other.nodes()).hasSameSizeAs(network.nodes());
    for (int i = 0; i < network.nodes().size(); i++) {
      assertThat(other.node(i).layer()).isSameAs(network.node(i).layer());
    }
  }
}
