package io.unmask.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.unmask.error.ModelFormatException;
import io.unmask.model.ModelFile;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.spi.Calibration;
import io.unmask.spi.FusionRule;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in an ONNX file. That it computes the same is tested in benchmarks, with ONNX Runtime.
 */
class OnnxModelTest {

  private static final Shape IMAGE = Shape.of(9, 8, 6);
  private static final Window.Size THREE = Window.Size.square(3);
  private static final Window.Size TWO = Window.Size.square(2);

  @TempDir Path folder;

  static Stream<GoldenModels.Case> golden() {
    return GoldenModels.all();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyGoldenModelIsAGraphWhereEachValueIsMadeBeforeItIsRead(GoldenModels.Case golden)
      throws IOException {
    Network network = golden.network();
    ModelProto model = parse(OnnxModel.of(network));
    assertThat(model.getGraph().getName()).isEqualTo(network.name());
    assertThat(model.getOpsetImportList()).singleElement().matches(set -> set.getVersion() == 19);

    Set<String> made = new HashSet<>();
    model.getGraph().getInputList().forEach(input -> made.add(input.getName()));
    for (TensorProto constant : model.getGraph().getInitializerList()) {
      long elements =
          constant.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
      int size = constant.getDataType() == TensorProto.DataType.FLOAT.getNumber() ? 4 : 8;
      assertThat(constant.getRawData().size()).isEqualTo(Math.toIntExact(elements * size));
      assertThat(made.add(constant.getName())).as(constant.getName()).isTrue();
    }
    for (NodeProto node : model.getGraph().getNodeList()) {
      assertThat(made)
          .containsAll(node.getInputList().stream().filter(name -> !name.isEmpty()).toList());
      for (String output : node.getOutputList()) {
        assertThat(made.add(output)).as(output).isTrue();
      }
    }
    assertThat(model.getGraph().getInputList())
        .extracting(OnnxModelTest::dims)
        .containsExactly(behindBatch(network.inputShape()));
    assertThat(model.getGraph().getOutputCount()).isEqualTo(network.outputs().size());
    for (int i = 0; i < network.outputs().size(); i++) {
      ValueInfoProto output = model.getGraph().getOutput(i);
      assertThat(made).contains(output.getName());
      assertThat(output.getName()).isEqualTo(network.node(network.outputs().get(i)).name());
      assertThat(dims(output)).isEqualTo(behindBatch(network.outputShape(i)));
    }
  }

  @Test
  void weightsHaveTheNamesOfKerassLayers() throws IOException {
    Network network =
        ModelFile.read(GoldenModels.file("sequential_cnn.keras"), OptionalInt.empty()).network();
    List<String> layers =
        network.nodes().stream()
            .filter(
                node -> node.layer() instanceof Layer.Conv2D || node.layer() instanceof Layer.Dense)
            .map(Node::name)
            .toList();
    assertThat(layers).isNotEmpty();
    assertThat(parse(OnnxModel.of(network)).getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .containsAll(layers.stream().map(name -> name + "/kernel").toList());
  }

  @Test
  void inputAndOutputsCarryTheNamesAndShapesOfTheNetwork() throws IOException {
    Network.Builder builder = Network.builder("named");
    int image = builder.add("image", new Layer.Input(IMAGE));
    int pooled = builder.add("pooled", new Layer.GlobalMaxPooling2D(false), image);
    int verdict =
        builder.add("verdict", new Layer.Dense(weights(6, 1), null, Activations.SIGMOID), pooled);
    ModelProto model = parse(OnnxModel.of(builder.build(verdict, verdict)));

    assertThat(model.getGraph().getName()).isEqualTo("named");
    assertThat(model.getGraph().getInputList())
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.getName()).isEqualTo("image");
              assertThat(dims(input)).containsExactly("batch", "9", "8", "6");
            });
    assertThat(model.getGraph().getOutputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("verdict", "verdict_1");
    assertThat(dims(model.getGraph().getOutput(0))).containsExactly("batch", "1");
  }

  @Test
  void batchNormalizationIsFoldedAndDropoutIsLeftOut() throws IOException {
    Network.Builder builder = Network.builder("folded");
    int image = builder.add("image", new Layer.Input(IMAGE));
    Window same = new Window(THREE, TWO, Padding.SAME);
    Layer separable =
        new Layer.SeparableConv2D(
            weights(3, 3, 6, 1), weights(1, 1, 6, 10), null, same, Activations.LINEAR);
    int convolved = builder.add("convolved", separable, image);
    int normalized = builder.add("normalized", normalization(10), convolved);
    int dropped = builder.add("dropped", new Layer.Dropout(0.5, false), normalized);
    ModelProto model = parse(OnnxModel.of(builder.build(dropped)));

    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Transpose", "Conv", "Conv", "Transpose");
  }

  @Test
  void moreWeightsThanAFileHoldsAreRefused() {
    Network.Builder builder = Network.builder("huge");
    int image = builder.add("image", new Layer.Input(IMAGE));
    int pooled = builder.add("pooled", new Layer.GlobalMaxPooling2D(false), image);
    // 24 layers of 96 MB each, all over the same memory.
    FloatBuffer memory = FloatBuffer.allocate(6 * 4_000_000);
    int[] outputs = new int[24];
    for (int i = 0; i < outputs.length; i++) {
      Weights kernel = Weights.view(Shape.of(6, 4_000_000), memory);
      Layer dense = new Layer.Dense(kernel, null, Activations.LINEAR);
      outputs[i] = builder.add("dense_" + i, dense, pooled);
    }
    Network network = builder.build(Arrays.stream(outputs).boxed().toList());

    assertThatThrownBy(() -> OnnxModel.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'huge'");
  }

  @Test
  void aModelSaysHowItsImagesAreScaledAndWhatItsOutputsMean() throws IOException {
    Network network =
        ModelFile.read(GoldenModels.file("sequential_cnn.keras"), OptionalInt.empty()).network();
    FusionRule mean =
        new FusionRule() {
          @Override
          public String name() {
            return "mean";
          }

          @Override
          public double fuse(double[] probabilities) {
            return Arrays.stream(probabilities).average().orElseThrow();
          }
        };
    Model model =
        Model.builder(
                "two",
                MergeNetworks.merge("two", List.of(network, network)),
                new InputFormat(26, 22, 127.5f, -1, InputFormat.ChannelOrder.BGR),
                List.of(new Member("a.keras", 1, 288), new Member("b.keras", 0, 288)))
            .mirrored(true)
            .fusion(mean)
            .calibration(new Calibration(0.5, -1))
            .threshold(0.4)
            .build();
    OnnxModel onnx = OnnxModel.of(model);
    ModelProto proto = parse(onnx);

    assertThat(onnx.input()).isEqualTo("input");
    assertThat(onnx.outputs()).hasSize(2).doesNotHaveDuplicates();
    assertThat(onnx.outputs().get(0)).startsWith("1/");
    assertThat(proto.getGraph().getInput(0).getDocString())
        .isEqualTo(
            "images [batch, height, width, channel], BGR, a component v of 0..255 as v / 127.5 -"
                + " 1");
    assertThat(proto.getGraph().getOutputList())
        .extracting(ValueInfoProto::getDocString)
        .containsExactly(
            "a.keras: p, the probability of class 1; the probability of fake is p",
            "b.keras: p, the probability of class 1; the probability of fake is 1 - p");
    assertThat(proto.getDocString())
        .isEqualTo(
            "Tells real faces from AI-generated ones: fake if the outputs' probabilities of fake,"
                + " each the mean for the image and its mirror image, fused by mean, calibrated to"
                + " sigmoid(0.5 logit p - 1.0), are above 0.4.");
    assertThat(proto.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .containsExactly(
            tuple("image.divisor", "127.5"),
            tuple("image.offset", "-1.0"),
            tuple("image.deviation", "1.0"),
            tuple("image.order", "BGR"),
            tuple("output.0.model", "a.keras"),
            tuple("output.0.fake_class", "1"),
            tuple("output.1.model", "b.keras"),
            tuple("output.1.fake_class", "0"),
            tuple("mirrored", "true"),
            tuple("fusion", "mean"),
            tuple("calibration.scale", "0.5"),
            tuple("calibration.offset", "-1.0"),
            tuple("threshold", "0.4"));
  }

  @Test
  void aFileIsReplacedByAWholeOneAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "an older one");
    OnnxModel model = OnnxModel.of(GoldenModels.all().findFirst().orElseThrow().network());
    model.write(file);
    assertThat(file).hasBinaryContent(model.toByteArray());
    assertThat(folder.toFile().list()).containsExactly("model.onnx");
  }

  @Test
  void aModelIsWrittenToAnyFileSystem() throws IOException {
    OnnxModel model = OnnxModel.of(golden().findFirst().orElseThrow().network());
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path file = windows.getPath("C:\\model.onnx");
      model.write(file);
      assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeCount())
          .isPositive();
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingIsLeft() throws IOException {
    OnnxModel model = OnnxModel.of(GoldenModels.all().findFirst().orElseThrow().network());
    Path missing = folder.resolve("missing/model.onnx");
    assertThatThrownBy(() -> model.write(missing))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(missing + ": cannot be written")
        .hasMessageContaining("see that the folder exists");
    // A folder that is not empty cannot be replaced by a file.
    Path taken = Files.createDirectories(folder.resolve("taken/inner")).getParent();
    assertThatThrownBy(() -> model.write(taken)).isInstanceOf(ModelFormatException.class);
    assertThat(folder.toFile().list()).containsExactly("taken");
  }

  private static ModelProto parse(OnnxModel model) throws IOException {
    return ModelProto.parseFrom(model.toByteArray());
  }

  private static List<String> behindBatch(Shape shape) {
    return Stream.concat(
            Stream.of("batch"), Arrays.stream(shape.toArray()).mapToObj(Integer::toString))
        .toList();
  }

  private static List<String> dims(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(dim -> dim.hasDimParam() ? dim.getDimParam() : Long.toString(dim.getDimValue()))
        .toList();
  }

  private static Layer normalization(int channels) {
    return new Layer.BatchNormalization(
        weights(channels), weights(channels), weights(channels), weights(channels), 1e-3);
  }

  /** Numbers in (0, 1], which a variance may be too. */
  private static Weights weights(int... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1f / (i + 1);
    }
    return Weights.of(shape, values);
  }
}
