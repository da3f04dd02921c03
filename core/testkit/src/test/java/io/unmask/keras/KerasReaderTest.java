package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.config.ConfigParser;
import io.unmask.keras.layers.LayerFactory;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the golden files do not show: names, sharing, rarer notations, hostile archives. */
class KerasReaderTest {

  @TempDir Path folder;

  @Test
  void namesLayersOfNestedModelsAfterBoth() {
    assertThat(names(read("doubly_nested.keras")))
        .contains("conv", "middle/conv", "middle/inner/conv", "middle/inner/bn", "dense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested_twice.keras", "nested_twice.h5"})
  void numbersTheSecondUseOfANestedModelAndSharesItsWeights(String file) {
    Network network = read(file);
    Layer.Conv2D first = (Layer.Conv2D) layer(network, "trunk/conv");
    Layer.Conv2D second = (Layer.Conv2D) layer(network, "trunk#2/conv");
    assertThat(second.kernel()).isSameAs(first.kernel());
    assertThat(network.parameters()).isEqualTo(84 + 12 + 21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shared_layers.keras", "shared_layers.h5", "keras2_style_shared_layers.h5"})
  void numbersTheSecondUseOfALayerAndSharesItsWeights(String file) {
    Network network = read(file);
    assertThat(layer(network, "shared_bn#2").weights())
        .first()
        .isSameAs(layer(network, "shared_bn").weights().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "sequential_cnn_with_optimizer.keras, sequential_cnn_with_optimizer.h5",
    "nested_xception.keras, nested_xception.h5",
    "sequential_with_trunk.keras, sequential_with_trunk.h5"
  })
  void bothFormatsHoldTheSameNetwork(String archive, String legacy) {
    assertThat(layers(read(archive))).isEqualTo(layers(read(legacy)));
  }

  @Test
  void countsCallsOfNestedModelsFromOneAsKeras2Does() throws IOException {
    Network from0 = read("nested_twice.keras");
    Network from1 =
        changed(
            "nested_twice.keras",
            config ->
                config
                    .replace("[\"trunk\", 1, 0]", "[\"trunk\", 2, 0]")
                    .replace("[\"trunk\", 0, 0]", "[\"trunk\", 1, 0]"));
    assertThat(from1.nodes()).isEqualTo(from0.nodes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantised.keras", "quantised.h5"})
  void saysOfAQuantisedModelThatItIs(String name) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("'dense' (Dense)", "quantised (int8)", "before model.quantize");
  }

  @Test
  void takesAListOfOneInputAndOneOutput() throws IOException {
    Network network =
        changed(
            "base.keras",
            config ->
                config
                    .replace(
                        "\"input_layers\": [\"image\", 0, 0]",
                        "\"input_layers\": [[\"image\", 0, 0]]")
                    .replace("[\"score\", 0, 0]", "[[\"score\", 0, 0]]"));
    assertThat(network.nodes()).isEqualTo(read("base.keras").nodes());
  }

  @Test
  void takesASerializedActivation() throws IOException {
    String function =
        "{\"module\": \"builtins\", \"class_name\": \"function\", \"config\": \"relu\"}";
    Network network =
        changed(
            "base.keras",
            config -> config.replace("\"activation\": \"relu\"", "\"activation\": " + function));
    assertThat(network.nodes()).isEqualTo(read("base.keras").nodes());
    Network leaky =
        changed(
            "base.keras",
            config ->
                config.replace(
                    "\"activation\": \"relu\"",
                    "\"activation\": {\"class_name\": \"LeakyReLU\", \"config\": {\"alpha\": 0.25}}"));
    assertThat(((Layer.Conv2D) layer(leaky, "conv")).activation())
        .isEqualTo(new io.unmask.network.Activation.Relu(0.25, Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void readsOperatorsOnTensorsAndNumbers() throws IOException {
    Network minus = changed("operators.keras", config -> config.replace("}}, 0.5]", "}}, -4]"));
    Layer.Rescaling scaled = (Layer.Rescaling) layer(minus, "multiply");
    assertThat(scaled.factors()).containsExactly(-4.0);
    Network divided =
        changed(
            "operators.keras",
            config ->
                config.replace("\"class_name\": \"Multiply\"", "\"class_name\": \"TrueDivide\""));
    assertThat(((Layer.Rescaling) layer(divided, "multiply")).factors()).containsExactly(2.0);
  }

  /** Keras's Average becomes two layers, of which one gets a name of ours. */
  @Test
  void aLayerMayBeNamedAsOneThatIsAdded() throws IOException {
    UnaryOperator<String> average =
        config -> config.replace("\"class_name\": \"Add\"", "\"class_name\": \"Average\"");
    Network network = changed("add.keras", average);
    assertThat(names(network)).contains("add/sum", "add_1/sum");
    for (List<String> renaming :
        List.of(List.of("add", "add_1/sum"), List.of("add_1", "add/sum"))) {
      String taken = renaming.get(1);
      Network renamed =
          changed(
              "add.keras",
              config ->
                  average
                      .apply(config)
                      .replace("\"" + renaming.get(0) + "\"", "\"" + taken + "\""));
      assertThat(layers(renamed)).isEqualTo(layers(network));
      assertThat(names(renamed)).contains(taken, taken + "'").doesNotHaveDuplicates();
    }
  }

  @Test
  void treatsAugmentationAsNothing() throws IOException {
    Network network =
        changed(
            "operators.keras",
            config ->
                config.replace(
                    "\"class_name\": \"GlobalAveragePooling2D\"",
                    "\"class_name\": \"RandomFlip\""));
    assertThat(layer(network, "global_average_pooling2d")).isEqualTo(new Layer.Dropout(0, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base.keras | [null, 7, 5, 3] | [null, null, null, 3] | (None, None, 3)",
        "base.keras | [null, 7, 5, 3] | [null, 105] | (105)",
        "base.keras | \"kwargs\": {\"mask\": null} | \"kwargs\": {\"training\": true} | training=True",
        "base.keras | \"axis\": -1 | \"axis\": [1, 3] | several axes",
        "base.keras | \"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"} | \"class_name\": \"Int4DTypePolicy\", \"config\": {\"mode\": \"int4/128\", \"source_name\": \"float32\"} | quantised (int4/128)",
        "base.keras | \"renorm\": false | \"renorm\": true | renorm",
        "base.keras | \"padding\": \"valid\" | \"padding\": \"causal\" | 'causal'",
        "base.keras | [\"image\", 0, 0], \"output | [[\"image\", 0, 0], [\"conv\", 0, 0]], \"output | 2 inputs",
        "base.keras | \"class_name\": \"Functional\" | \"class_name\": \"MyModel\" | MyModel",
        "base.keras | \"module\": \"keras.layers\", \"class_name\": \"Conv2D\" | \"module\": \"mine\", \"class_name\": \"Conv2D\" | mine.Conv2D",
        "operators.keras | \"class_name\": \"Multiply\" | \"class_name\": \"Power\" | operation Power"
      })
  void refusesWhatIsNotSupported(String file, String from, String to, String fragment) {
    assertThatThrownBy(() -> changed(file, config -> config.replace(from, to)))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("changed.keras", fragment);
  }

  /** As Keras 3.15 writes them. The class_name is that of Keras's own in all of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | \"my>ReLU\" | my>ReLU",
        "null | \"ReLU\" | __main__.ReLU",
        "\"mine\" | \"ReLU\" | mine.ReLU",
        "\"mine\" | null | mine.ReLU",
        "\"keras.layers\" | \"my>ReLU\" | my>ReLU",
        "\"keras_cv.layers\" | null | keras_cv.layers.ReLU",
        "\"kerasia\" | null | kerasia.ReLU",
      })
  void aClassOfTheUsersOwnIsNotTakenForOneOfKeras(String module, String registered, String name) {
    String activation =
        "{\"module\": %s, \"class_name\": \"ReLU\", \"config\": {}, \"registered_name\": %s}"
            .formatted(module, registered);
    refusedWith(
        config -> config.replace("\"activation\": \"relu\"", "\"activation\": " + activation),
        "'conv' (Conv2D)",
        "activation '" + name + "'");
    refusedWith(
        config ->
            config
                .replace(
                    "\"module\": \"keras.layers\", \"class_name\": \"Flatten\"",
                    "\"module\": " + module + ", \"class_name\": \"ReLU\"")
                .replace(
                    "\"data_format\": \"channels_last\"}, \"registered_name\": null",
                    "\"data_format\": \"channels_last\"}, \"registered_name\": " + registered),
        "layer 'flatten' (" + name + ")",
        "supported are");
    refusedWith(
        config ->
            config
                .replace(
                    "\"module\": \"keras.src.models.functional\", \"class_name\": \"Functional\"",
                    "\"module\": " + module + ", \"class_name\": \"Model\"")
                .replace(
                    "\"registered_name\": \"Functional\"",
                    "\"registered_name\": " + registered.replace("ReLU", "Model")),
        "the model is a " + name.replace("ReLU", "Model"));
  }

  /** Of tf_keras 2.21's InceptionResNetV2. The module is that of models that are not nested. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"module\": null, \"class_name\": \"Custom>CustomScaleLayer\", \"registered_name\": null",
        "\"module\": \"tf_keras.applications.inception_resnet_v2\", \"class_name\": \"CustomScaleLayer\", \"registered_name\": \"Custom>CustomScaleLayer\"",
      })
  void knowsTheScaleOfInceptionResNetV2AsKeras2RegistersIt(String identity) throws IOException {
    Network renamed =
        changed(
            "custom_scale.keras",
            config ->
                config
                    .replace(
                        "\"module\": \"keras.src.applications.inception_resnet_v2\", \"class_name\": \"CustomScaleLayer\"",
                        identity)
                    .replace(", \"registered_name\": \"CustomScaleLayer\"", ""));
    assertThat(renamed.nodes()).isEqualTo(read("custom_scale.keras").nodes());
  }

  /** Keras 3 writes {@code training=True} for all its preprocessing. */
  @Test
  void saysOfAClassThatIsNotSupportedThatItIsNotThoughItIsCalledAsInTraining() {
    refusedWith(
        config ->
            config
                .replace(
                    "\"class_name\": \"BatchNormalization\"", "\"class_name\": \"AutoContrast\"")
                .replace("\"kwargs\": {\"mask\": null}", "\"kwargs\": {\"training\": true}"),
        "(AutoContrast)",
        "this class is not supported");
  }

  private void refusedWith(UnaryOperator<String> change, String... parts) {
    assertThatThrownBy(() -> changed("base.keras", change))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"class_name\": \"ReLU\"",
        "\"module\": \"keras.layers\", \"class_name\": \"ReLU\", \"registered_name\": null",
        "\"module\": \"keras.src.layers.activations.relu\", \"class_name\": \"ReLU\", \"registered_name\": \"ReLU\"",
        "\"module\": \"tf_keras.layers\", \"class_name\": \"ReLU\", \"registered_name\": null",
        "\"module\": null, \"class_name\": \"ReLU\", \"registered_name\": null",
        "\"module\": \"keras.layers\", \"class_name\": \"ReLU\", \"registered_name\": \"Keras>ReLU\"",
      })
  void aClassOfKerasIsTakenWhateverItsVersionWrites(String identity) throws IOException {
    Network network =
        changed(
            "base.keras",
            config ->
                config.replace(
                    "\"activation\": \"relu\"",
                    "\"activation\": {" + identity + ", \"config\": {}}"));
    assertThat(network.nodes()).isEqualTo(read("base.keras").nodes());
  }

  @Test
  void anInputOfWholeNumbersIsRefused() {
    assertThatThrownBy(
            () ->
                changed(
                    "base.keras",
                    config ->
                        config.replaceFirst("\"dtype\": \"float32\"", "\"dtype\": \"uint8\"")))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("its input", "numbers of type uint8", "without a dtype");
  }

  /** Keras 2 and 3 mean different functions by the name. */
  @Test
  void aHardSigmoidOfAnUnknownKerasIsRefused() throws IOException {
    Map<String, byte[]> members =
        ModelFiles.members(GoldenModels.file("activations_in_layers.keras"));
    members.remove("metadata.json");
    Path file = ModelFiles.write(folder.resolve("unknown.keras"), members);
    assertThatThrownBy(() -> KerasReader.read(file))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("hard_sigmoid", "0.2 in Keras 2", "1/6 in Keras 3");
  }

  @Test
  void constantsThatAreNoNumberAChannelAreRefused() {
    assertThatThrownBy(
            () ->
                changed(
                    "graph_operators.keras",
                    config ->
                        config.replaceFirst(
                            "\\[\\[\\[\\[60.0, 50.0, 40.0]]]]", "[[[[60.0], [50.0], [40.0]]]]")))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining("3 elements along an axis that is not its last");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 2, 3})
  void aSoftmaxInALayerIsOverTheLastAxisOnly(int axis) throws IOException {
    UnaryOperator<String> change =
        config ->
            config.replace(
                "\"activation\": \"relu\"",
                ("\"activation\": {\"module\": \"keras.layers\", \"class_name\": \"Softmax\","
                        + " \"config\": {\"axis\": %d}, \"registered_name\": null}")
                    .formatted(axis));
    if (axis == -1 || axis == 3) {
      assertThat(((Layer.Conv2D) layer(changed("base.keras", change), "conv")).activation())
          .isEqualTo(new io.unmask.network.Activation.Softmax());
    } else {
      assertThatThrownBy(() -> changed("base.keras", change))
          .isInstanceOf(UnsupportedLayerException.class)
          .hasMessageContainingAll("'conv'", "softmax over axis " + axis);
    }
  }

  /** Each was asked of Keras 3.15: called with training=False it returns what it is given. */
  @ParameterizedTest
  @ValueSource(strings = {"RandomShear", "AlphaDropout", "GaussianNoise", "RandomErasing", "MixUp"})
  void whatChangesImagesInTrainingOnlyDoesNothing(String name) throws IOException {
    Network network =
        changed(
            "operators.keras",
            config ->
                config.replace(
                    "\"class_name\": \"GlobalAveragePooling2D\"",
                    "\"class_name\": \"" + name + "\""));
    assertThat(layer(network, "global_average_pooling2d")).isEqualTo(new Layer.Dropout(0, false));
  }

  @Test
  void anHdf5FileThatWasCutOffSaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(GoldenModels.file("sequential_cnn_with_optimizer.h5"));
    for (int length : new int[] {3000, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> KerasReader.read("model.h5", cut))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContainingAll(
              "model.h5: ",
              "it was cut off; copy or download it again",
              "%,d bytes long and is %,d".formatted(whole.length, length));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base.keras | \"filters\": 2 | \"filters\": \"two\" | config.filters should be an integer",
        "base.keras | \"filters\": 2 | \"filters\": 2.5 | 2.5",
        "base.keras | \"filters\": 2 | \"filters\": 0 | at least 1",
        "base.keras | \"groups\": 1 | \"groups\": 2 | 2 groups",
        "base.keras | \"kernel_size\": [3, 3] | \"kernel_size\": [3, 3, 3] | one number or two",
        "base.keras | \"kernel_size\": [3, 3] | \"kernel_size\": [2000000000, 2000000000] | more than 2147483647",
        "base.keras | \"use_bias\": true | \"use_bias\": 1 | true or false",
        "base.keras | \"layers\": [ | \"strata\": [ | config.layers should be an array",
        "base.keras | [\"conv\", 0, 0] | [\"conv\", 3, 0] | call 3",
        "base.keras | [\"conv\", 0, 0] | [\"conv\", 0, 1] | output 1",
        "base.keras | [null, 7, 5, 3] | [null, 7, 0, 3] | no image",
        "reshape.keras | \"target_shape\": [3, -1] | \"target_shape\": [7, -1] | cannot see",
        "rescaling.keras | [0.25, 2.0, 30.0] | [0.25, 2.0] | 2 factors",
        "concatenate.keras | \"axis\": 2 | \"axis\": 4 | axis 4",
        "dropout.keras | \"rate\": 0.4 | \"rate\": 1.4 | dropout rate"
      })
  void refusesWhatMakesNoSense(String file, String from, String to, String fragment) {
    assertThatThrownBy(() -> changed(file, config -> config.replace(from, to)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("changed.keras", fragment);
  }

  @Test
  void aFileThatIsShortenedWhileItIsInUseIsAnErrorAndNoCrash(@TempDir Path folder)
      throws IOException {
    Network big =
        new XceptionClassifier(Shape.of(71, 71, 3), 0.125, List.of(), 0)
            .build(new FormulaWeights("output_layer", 1, 0));
    Path file = folder.resolve("big.keras");
    KerasWriter.write(big, file);
    Network network = KerasReader.read(file);
    Weights last =
        ((Layer.SeparableConv2D) layer(network, "xception/block14_sepconv2")).pointwise();
    assertThat(last.size()).isGreaterThan(WeightFile.SMALL);
    assertThat(last)
        .isEqualTo(((Layer.SeparableConv2D) layer(big, "xception/block14_sepconv2")).pointwise());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }
    assertThatThrownBy(last::toArray)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(file.toString(), "was changed or replaced");
  }

  @Test
  void keepsMessagesToOneLineWhateverTheFileSays() {
    assertThatThrownBy(
            () ->
                changed(
                    "base.keras",
                    config ->
                        config.replace(
                            "\"class_name\": \"Flatten\"", "\"class_name\": \"A\\nB\\r\\u0000\"")))
        .isInstanceOf(UnsupportedLayerException.class)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void stopsNestedModelsThatGrowWithoutEnd() {
    assertThatThrownBy(() -> changed("base.keras", config -> doubling(40)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("more than 50,000 layers");
  }

  /** Models that call the one inside twice, and that likewise. */
  private static String doubling(int depth) {
    String input =
        "{\"class_name\":\"InputLayer\",\"name\":\"i\",\"config\":{\"name\":\"i\",\"batch_shape\":[null,2,2,3]},\"inbound_nodes\":[]}";
    String inner =
        "{\"class_name\":\"ReLU\",\"name\":\"m\",\"config\":{\"name\":\"m\"},\"inbound_nodes\":[[[\"i\",0,0,{}]],[[\"m\",0,0,{}]]]}";
    for (int i = 0; i < depth; i++) {
      String body =
          "\"class_name\":\"Functional\",\"config\":{\"name\":\"m\",\"layers\":[%s,%s],\"input_layers\":[\"i\",0,0],\"output_layers\":[\"m\",%d,0]}"
              .formatted(input, inner, i == 0 ? 1 : 2);
      inner =
          i == depth - 1
              ? "{" + body + "}"
              : "{"
                  + body
                  + ",\"name\":\"m\",\"inbound_nodes\":[[[\"i\",0,0,{}]],[[\"m\",0,0,{}]]]}";
    }
    return inner;
  }

  @Test
  void readsALongChainWithoutDeepRecursion() throws IOException {
    StringBuilder layers =
        new StringBuilder(
            "{\"class_name\":\"InputLayer\",\"name\":\"r0\",\"config\":{\"name\":\"r0\",\"batch_shape\":[null,1,1,1]},\"inbound_nodes\":[]}");
    int length = 20_000;
    for (int i = length; i > 0; i--) { // the last one first
      layers.append(
          ",{\"class_name\":\"ReLU\",\"name\":\"r%d\",\"config\":{\"name\":\"r%d\"},\"inbound_nodes\":[[[\"r%d\",0,0,{}]]]}"
              .formatted(i, i, i - 1));
    }
    String config =
        "{\"class_name\":\"Functional\",\"config\":{\"name\":\"long\",\"layers\":[%s],\"input_layers\":[\"r0\",0,0],\"output_layers\":[\"r%d\",0,0]}}"
            .formatted(layers, length);
    assertThat(changed("base.keras", any -> config).nodes()).hasSize(length + 1);
  }

  @Test
  void refusesTwoMembersOfOneName() throws IOException {
    Map<String, byte[]> members = ModelFiles.members(GoldenModels.file("base.keras"));
    members.put("config.jsom", members.get("config.json"));
    Path file = ModelFiles.write(folder.resolve("twins.keras"), members);
    byte[] bytes = Files.readAllBytes(file);
    byte[] wrong = "config.jsom".getBytes(StandardCharsets.US_ASCII);
    for (int at = indexOf(bytes, wrong); at >= 0; at = indexOf(bytes, wrong)) {
      bytes[at + wrong.length - 1] = 'n';
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> KerasReader.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("twins.keras", "two members named 'config.json'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"base.h5", "base.keras", "variant_gzip_chunks.keras", "variant_latest_hdf5.keras"})
  void answersAnyDamageWithAnExceptionOfItsOwn(String source) throws IOException {
    byte[] good = Files.readAllBytes(GoldenModels.file(source));
    Path file = folder.resolve("damaged");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = good.clone();
      for (int flip = 0; flip < 3; flip++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file, damaged);
      try {
        KerasReader.read(file);
      } catch (ModelFormatException | UnsupportedLayerException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        assertThatThrownBy(() -> KerasReader.read("memory", damaged))
            .isInstanceOf(e.getClass())
            .hasMessage(e.getMessage().replace(file.toString(), "memory"));
      }
    }
    assertThat(refused).isPositive();
  }

  /** As legacy files of flat models with many layers do; jhdf alone would read beyond the end. */
  @Test
  void readsAFileThatEndsInABTreeNode() {
    Network trunk = read("start/trunk.h5");
    WeightInitializer formula = new FormulaWeights("", 1, 0);
    List<Layer> expected =
        new XceptionClassifier(Shape.of(71, 71, 3), 1.0 / 64, List.of(), 0)
            .build(formula).nodes().stream()
                .filter(node -> node.name().startsWith(XceptionClassifier.TRUNK_PREFIX))
                .map(Node::layer)
                .toList();
    assertThat(layers(trunk).subList(1, trunk.nodes().size()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  static Stream<GoldenModels.Case> models() {
    return GoldenModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void aFileInMemoryHoldsTheSameNetwork(GoldenModels.Case model) throws IOException {
    byte[] bytes = Files.readAllBytes(model.file());
    Network network = KerasReader.read("memory", bytes);
    assertThat(network.nodes()).isEqualTo(model.network().nodes());
    assertThat(KerasReader.version("memory", bytes)).isEqualTo(KerasReader.version(model.file()));
  }

  @Test
  void anErrorInMemoryHasTheGivenName() throws IOException {
    byte[] bytes = Files.readAllBytes(GoldenModels.file("broken/truncated.h5"));
    assertThatThrownBy(() -> KerasReader.read("resource a/b.h5", bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("resource a/b.h5: ");
    assertThatThrownBy(() -> KerasReader.version("resource a/b.h5", new byte[0]))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("resource a/b.h5: ", "empty");
  }

  @Test
  void convertsHalfAndDoublePrecision() {
    List<Weights> single = layer(read("base.keras"), "score").weights();
    assertThat(layer(read("variant_float64.keras"), "score").weights()).isEqualTo(single);
    Weights half = layer(read("variant_float16.keras"), "score").weights().get(0);
    assertThat(half).isNotEqualTo(single.get(0));
    for (int i = 0; i < half.size(); i++) {
      float exact = single.get(0).get(i);
      assertThat(half.get(i)).isCloseTo(exact, within(Math.abs(exact) / 2048));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Conv2D, conv2d",
    "BatchNormalization, batch_normalization",
    "GlobalAveragePooling2D, global_average_pooling2d",
    "SeparableConv2D, separable_conv2d",
    "ReLU, re_lu",
    "LeakyReLU, leaky_re_lu",
    "PReLU, p_re_lu",
    "ELU, elu",
    "InputLayer, input_layer"
  })
  void namesContainersAsKerasDoes(String className, String container) {
    assertThat(ConfigParser.snakeCase(className)).isEqualTo(container);
  }

  @Test
  void listsEverySupportedClassInOrder() {
    assertThat(LayerFactory.supported()).isSorted().doesNotHaveDuplicates();
  }

  private static Network read(String file) {
    return KerasReader.read(GoldenModels.file(file));
  }

  private Network changed(String file, UnaryOperator<String> change) throws IOException {
    Path target = folder.resolve("changed.keras");
    return KerasReader.read(ModelFiles.withConfig(GoldenModels.file(file), target, change));
  }

  private static List<String> names(Network network) {
    return network.nodes().stream().map(Node::name).toList();
  }

  private static List<Layer> layers(Network network) {
    return network.nodes().stream().map(Node::layer).toList();
  }

  private static Layer layer(Network network, String name) {
    return network.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow()
        .layer();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
  }
}
