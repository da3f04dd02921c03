package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.keras.hdf5.Half;
import io.unmask.keras.hdf5.HalfTest;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again. That Keras reads it, {@code check_written.py} checks. */
class KerasWriterTest {

  @TempDir Path folder;
  private int written;

  /** Keras 3 has no name for what Keras 2 meant by hard_sigmoid. */
  static Stream<GoldenModels.Case> models() {
    return GoldenModels.all().filter(model -> !model.name().startsWith("keras2_hard_sigmoid"));
  }

  @Test
  void refusesTheHardSigmoidOfKeras2() {
    Network network = KerasReader.read(GoldenModels.file("keras2_hard_sigmoid.keras"));
    assertThatThrownBy(() -> rewritten(network))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("hard_sigmoid", "slope 1/6", "0.2");
  }

  @ParameterizedTest
  @MethodSource("models")
  void aWrittenModelAnswersAsBefore(GoldenModels.Case model) {
    Network network = model.network();
    Network again = rewritten(network);
    double[][] expected = Interpreter.run(network, model.image());
    double[][] actual = Interpreter.run(again, model.image());
    assertThat(actual).isDeepEqualTo(expected);
    assertThat(again.parameters()).isEqualTo(network.parameters());
  }

  @ParameterizedTest
  @MethodSource("models")
  void writingTwiceChangesNothingMore(GoldenModels.Case model) {
    Network once = rewritten(model.network());
    assertSame(rewritten(once), once);
  }

  @Test
  void theArchitecturesComeBackAsTheyWere() {
    FormulaWeights weights = new FormulaWeights("output_layer", 1, 0);
    for (Network network :
        List.of(
            new XceptionClassifier(Shape.of(71, 75, 3), 0.05, List.of(6, 4), 0.3).build(weights),
            new SmallCnn(Shape.of(30, 26, 3)).build(weights))) {
      assertSame(rewritten(network), network);
    }
  }

  @Test
  void aNestedModelAndASecondUseComeBackAsTheyWere() {
    for (String name : List.of("nested_xception.keras", "nested_twice.keras")) {
      Network network = KerasReader.read(GoldenModels.file(name));
      assertSame(rewritten(network), network);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void inHalfPrecisionEveryKernelIsRoundedAndNothingElse(GoldenModels.Case model) {
    Network network = model.network();
    Path file = folder.resolve("half.keras");
    KerasWriter.write(network, file, Precision.HALF);
    List<Weights> exact = arrays(rewritten(network)); // in the order of the file
    List<Weights> half = arrays(KerasReader.read(file));
    assertThat(half).hasSameSizeAs(exact);
    for (int i = 0; i < half.size(); i++) {
      float[] expected = exact.get(i).toArray();
      if (exact.get(i).shape().rank() > 1) {
        for (int j = 0; j < expected.length; j++) {
          expected[j] = (float) HalfTest.value(Half.bits(expected[j]));
        }
      }
      assertThat(half.get(i).toArray()).containsExactly(expected);
    }
  }

  @Test
  void everyHalfPrecisionNumberComesBackAndAnArrayWithAGreaterOneStaysSingle() throws IOException {
    float[] numbers = new float[2 * 0x7c00 + 2];
    for (int i = 0; i < 0x7c00; i++) {
      numbers[i] = (float) HalfTest.value(i);
      numbers[0x7c00 + i] = (float) HalfTest.value(i | 0x8000);
    }
    assertThat(halved(numbers)).containsExactly(numbers);
    numbers[numbers.length - 2] = 0.1f;
    assertThat(halved(numbers)[numbers.length - 2]).isEqualTo((float) HalfTest.value(0x2e66));
    numbers[numbers.length - 1] = 65504.004f;
    assertThat(halved(numbers)).containsExactly(numbers);
  }

  private float[] halved(float... numbers) throws IOException {
    Weights kernel = Weights.of(Shape.of(numbers.length, 1), numbers);
    Network.Builder builder = Network.builder("net");
    int input = builder.add("input", new Layer.Input(Shape.of(1, 1, numbers.length)));
    Layer dense = new Layer.Dense(kernel, null, Activations.SIGMOID);
    Path file = folder.resolve("half.keras");
    KerasWriter.write(builder.build(builder.add("dense", dense, input)), file, Precision.HALF);
    Weights halved = arrays(KerasReader.read(file)).get(0);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(arrays(KerasReader.read("in memory", bytes)).get(0)).isEqualTo(halved);
    float[] all = halved.toArray();
    assertThat(halved.get(all.length / 3)).isEqualTo(all[all.length / 3]);
    return all;
  }

  @Test
  void halfPrecisionIsHalfTheSize() throws IOException {
    Network network = new SmallCnn(Shape.of(30, 26, 3)).build(new FormulaWeights("", 1, 0));
    Path single = folder.resolve("single.keras");
    Path half = folder.resolve("half.keras");
    KerasWriter.write(network, single);
    KerasWriter.write(network, half, Precision.HALF);
    long kernels =
        arrays(network).stream()
            .filter(array -> array.shape().rank() > 1)
            .mapToLong(Weights::size)
            .sum();
    assertThat(Files.size(single) - Files.size(half)).isCloseTo(2 * kernels, within(100L));
  }

  private static List<Weights> arrays(Network network) {
    return network.nodes().stream().flatMap(node -> node.layer().weights().stream()).toList();
  }

  private Network rewritten(Network network) {
    Path file = folder.resolve("written%d.keras".formatted(written++));
    KerasWriter.write(network, file);
    return KerasReader.read(file);
  }

  private static void assertSame(Network actual, Network expected) {
    assertThat(actual.name()).isEqualTo(expected.name());
    assertThat(actual.nodes().stream().map(Node::name))
        .containsExactlyElementsOf(expected.nodes().stream().map(Node::name).toList());
    assertThat(actual.nodes()).isEqualTo(expected.nodes());
    assertThat(actual.outputs()).isEqualTo(expected.outputs());
  }

  @Test
  void namesThatKerasRefusesAreReplaced() {
    Network.Builder builder = Network.builder("a/b");
    int input = builder.add("input", new Layer.Input(Shape.of(2, 2, 4)));
    int first = builder.add("one/two", new Layer.Activate(Activations.RELU), input);
    int second = builder.add("one", new Layer.Activate(Activations.SIGMOID), first);
    int third = builder.add("one_two", new Layer.Activate(Activations.SIGMOID), second);
    Network again =
        rewritten(builder.build(builder.add("x#3", new Layer.Dropout(0, false), third)));
    assertThat(again.name()).isEqualTo("a_b");
    assertThat(again.nodes().stream().map(Node::name))
        .containsExactly("input", "one_two_1", "one", "one_two", "x_3");
  }

  @Test
  void activationsInsideLayersKeepTheirSettings() {
    Weights kernel = Weights.of(Shape.of(2, 2), 1, 2, 3, 4);
    for (Activation activation :
        List.of(new Activation.Relu(0.25, 3, 0.5), new Activation.Elu(0.5))) {
      Network.Builder builder = Network.builder("net");
      int input = builder.add("input", new Layer.Input(Shape.of(2, 2, 2)));
      Network network =
          builder.build(builder.add("d", new Layer.Dense(kernel, null, activation), input));
      assertSame(rewritten(network), network);
    }
  }

  @Test
  void whatKerasHasNotIsRefused() {
    Window.Size two = Window.Size.square(2);
    Window window = new Window(two, Window.Size.ONE, two, Padding.VALID);
    Network.Builder builder = Network.builder("net");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 5, 1)));
    Network network = builder.build(builder.add("pool", new Layer.MaxPooling2D(window), input));
    assertThatThrownBy(() -> KerasWriter.write(network, folder.resolve("x.keras")))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContainingAll("x.keras", "'pool'", "dilation");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("model.keras"), "old");
    KerasWriter.write(new SmallCnn(Shape.of(30, 26, 3)).build(new FormulaWeights("", 1, 0)), file);
    assertThat(KerasReader.version(file)).hasValue(KerasWriter.KERAS_VERSION);
    assertThat(folder.toFile().list()).containsExactly("model.keras");
  }

  @Test
  void aFailureNamesTheFileAndLeavesTheOldOne() throws IOException {
    Network network = new SmallCnn(Shape.of(30, 26, 3)).build(new FormulaWeights("", 1, 0));
    Path missing = folder.resolve("missing").resolve("model.keras");
    assertThatThrownBy(() -> KerasWriter.write(network, missing))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("model.keras: cannot be written", "no such file or folder");
    Path occupied = Files.createDirectories(folder.resolve("model.keras").resolve("inside"));
    assertThatThrownBy(() -> KerasWriter.write(network, occupied.getParent()))
        .isInstanceOf(ModelFormatException.class);
    assertThat(folder.toFile().list()).containsExactly("model.keras");
  }
}
