package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.unmask.error.DetectorException;
import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.json.Json;
import io.unmask.testkit.GoldenDocuments;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One defect a file: what {@code make_golden.py} broke is refused, in one line that says what. */
class BrokenModelsTest {

  /** Odd, but all that inference needs is there. */
  private static final Set<String> SOUND =
      Set.of("missing_metadata.keras", "nan_weight.keras", "group_cycle.keras");

  private static Arguments malformed(String file, String... fragments) {
    return arguments(file, ModelFormatException.class, List.of(fragments));
  }

  private static Arguments unsupported(String file, String... fragments) {
    return arguments(file, UnsupportedLayerException.class, List.of(fragments));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        malformed("not_a_zip.keras", "Git LFS pointer", "git lfs pull"),
        malformed("empty.keras", "the file is empty"),
        malformed("empty.h5", "the file is empty"),
        malformed("truncated.keras", "central directory is missing", "fetch or save it again"),
        malformed("truncated.h5", "it was cut off; copy or download it again"),
        malformed("missing_config.keras", "no config.json"),
        malformed("missing_weights.keras", "no model.weights.h5"),
        malformed("config_not_json.keras", "config.json", "JSON", "damaged"),
        malformed("config_is_a_list.keras", "config.json", "JSON object", "[1, 2]"),
        malformed("deep_config.keras", "config.json", "depth"),
        malformed("weights_not_hdf5.keras", "model.weights.h5", "HDF5"),
        malformed("weights_truncated.keras", "model.weights.h5", "it was cut off"),
        malformed("dotdot_entry.keras", "'../../escaped.txt'", "outside"),
        malformed("zip_bomb.keras", "config.json", "16,777,216"),
        unsupported("unknown_layer.keras", "'flatten' (LSTM)", " Dense, "),
        unsupported("custom_layer.keras", "'flatten' (my.package.MyLayer)", "supported are"),
        unsupported("lambda_layer.keras", "'flatten' (Lambda)", "supported are"),
        unsupported("unknown_activation.keras", "'conv' (Conv2D)", "'snakeskin'", "relu6"),
        malformed("cyclic_graph.keras", "'bn'", "its own output", "'conv'"),
        malformed("unknown_inbound.keras", "'bn'", "'nowhere'", "[image, conv, bn, flatten"),
        malformed("unknown_output.keras", "output_layers", "'nowhere'"),
        malformed("duplicate_layer_name.keras", "named 'flatten'", "'bn'"),
        malformed("negative_stride.keras", "'conv' (Conv2D)", "-1x-1"),
        malformed("zero_kernel.keras", "'conv' (Conv2D)", "0x0"),
        malformed("kernel_larger_than_image.keras", "'conv' (Conv2D)", "(9, 9, 3, 2)"),
        malformed("huge_input.keras", "'image'", "1000000, 1000000, 3"),
        unsupported("channels_first.keras", "'conv' (Conv2D)", "'channels_first'"),
        malformed("wrong_shape.keras", "'conv'", "kernel", "(3, 3, 3, 5)", "(3, 3, 3, 2)"),
        malformed("same_size_wrong_shape.keras", "'conv'", "(3, 3, 2, 3)", "(3, 3, 3, 2)"),
        malformed("missing_variable.keras", "'bn'", "moving_variance", "missing"),
        malformed("surplus_variable.keras", "'conv'", "holds 3 arrays", "asks for 2"),
        malformed("variable_is_a_group.keras", "'conv'", "kernel", "group"),
        malformed("string_weight.keras", "'conv'", "bias", "floating-point"),
        malformed("huge_declared_shape.keras", "'conv'", "(1048576, 1048576)", "(3, 3, 3, 2)"),
        malformed("huge_declared_shape_in_config.keras", "'score' (Dense)"),
        malformed("shared_across_models.keras", "'two/common'", "missing"),
        malformed("external_link.keras", "link", "not followed"),
        malformed("external_storage.keras", "external storage", "not followed"),
        malformed("external_link.h5", "link", "not followed"),
        malformed("external_storage.h5", "external storage", "not followed"),
        malformed("soft_link.h5", "link", "not followed"),
        malformed("soft_link_loop.h5", "link", "not followed"),
        malformed("no_model_config.h5", "weights only", "model.save"),
        malformed("missing_weight.h5", "'conv'", "kernel", "missing"),
        malformed("missing_layer_group.h5", "'score'", "missing"),
        malformed("external_target.h5", "weights only"),
        malformed("external_target.bin", "expected a Keras model", "begins with"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysInOneLineWhatIsWrong(
      String file, Class<? extends DetectorException> kind, List<String> fragments) {
    assertThatThrownBy(() -> KerasReader.read(GoldenModels.file("broken/" + file)))
        .isExactlyInstanceOf(kind)
        .hasMessageContaining(file)
        .hasMessageContainingAll(fragments.toArray(CharSequence[]::new))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void everyBrokenFileIsExpectedToFailOrToLoad() {
    Set<String> described = new TreeSet<>();
    for (Json entry : GoldenDocuments.json("broken/broken.json").get("models").elements()) {
      described.add(entry.get("file").string());
    }
    Set<String> expected = new TreeSet<>(SOUND);
    broken().forEach(arguments -> expected.add((String) arguments.get()[0]));
    assertThat(described).isEqualTo(expected);
  }

  @Test
  void loadsWhatIsOddButSound() {
    double[][] answer = Interpreter.run(KerasReader.read(GoldenModels.file("base.keras")), image());
    for (String file : List.of("missing_metadata.keras", "group_cycle.keras")) {
      double[][] same =
          Interpreter.run(KerasReader.read(GoldenModels.file("broken/" + file)), image());
      assertThat(same).as(file).isDeepEqualTo(answer);
    }
  }

  @Test
  void leavesNotANumberToTheCaller() {
    double[][] answer =
        Interpreter.run(KerasReader.read(GoldenModels.file("broken/nan_weight.keras")), image());
    assertThat(answer[0][0]).isNaN();
  }

  @Test
  void namesAMissingFile() {
    Path missing = Path.of("no", "such.keras");
    assertThatThrownBy(() -> KerasReader.read(missing))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(missing.toString(), "no such file");
  }

  @Test
  void namesAFolder(@TempDir Path folder) {
    assertThatThrownBy(() -> KerasReader.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(folder.toString(), "folder");
  }

  @Test
  void goesByContentRatherThanByName(@TempDir Path folder) throws Exception {
    Path file = Files.copy(GoldenModels.file("base.h5"), folder.resolve("model.keras"));
    assertThat(KerasReader.read(file).parameters())
        .isEqualTo(KerasReader.read(GoldenModels.file("base.keras")).parameters());
  }

  private static float[] image() {
    return GoldenModels.image(io.unmask.network.Shape.of(7, 5, 3), 1);
  }
}
