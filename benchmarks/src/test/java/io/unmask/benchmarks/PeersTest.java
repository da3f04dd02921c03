package io.unmask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.image.JavaPreprocessor;
import io.unmask.keras.KerasReader;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.onnx.OnnxModel;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Program;
import io.unmask.testkit.GoldenModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TUint8;

/** That what is measured side by side does the same. */
class PeersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {Engine.CPU, Engine.TENSORFLOW, Engine.PEER})
  void severalNetworksGiveEachItsOwnAnswer(String engine) {
    List<Network> networks = List.of(network(0.1f), network(0.7f), network(0.1f));
    FloatBuffer image = FloatBuffer.wrap(new float[] {0.2f, 0.4f, 0.6f});
    try (Program together = Engine.compile(engine, networks, 1)) {
      float[][] answers = together.run(image, 1);
      assertThat(answers).hasNumberOfRows(3);
      float low = (float) (1 / (1 + Math.exp(-0.12)));
      float high = (float) (1 / (1 + Math.exp(-0.84)));
      assertThat(answers[0][0]).isEqualTo(low, within(1e-6f));
      assertThat(answers[1][0]).isEqualTo(high, within(1e-6f));
      assertThat(answers[2][0]).isEqualTo(low, within(1e-6f));
      assertThat(together.info().threads()).isEqualTo(1);
    }
  }

  @Test
  void thereIsNoOtherEngine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engine.compile("abacus", network(1), 1))
        .withMessageContaining("'abacus'");
    assertThatIllegalArgumentException().isThrownBy(() -> Engine.backend(Engine.PEER));
    assertThatIllegalArgumentException().isThrownBy(() -> SampleModels.count("six"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Engine.CPU, Engine.PEER})
  void aRotationRunsCheckedNetworks(String engine) {
    try (Rotation rotation = Rotation.of(engine, List.of(network(0.1f), network(0.7f)), 1, 3)) {
      float[][] first = rotation.run();
      assertThat(first).hasNumberOfRows(2);
      assertThat(first[0]).hasSize(3);
      assertThat(rotation.run()[0]).isNotEqualTo(first[0]);
    }
  }

  @Test
  void aSessionOverAFileAnswersAsOneOverTheNetwork() {
    Network network = KerasReader.read(GoldenModels.file("sequential_cnn.keras"));
    Path file = folder.resolve("model.onnx");
    OnnxModel.of(network).write(file);
    FloatBuffer image = FloatBuffer.wrap(GoldenModels.image(network.inputShape(), 3));
    try (Program compiled = OnnxRuntimeProgram.compile(network, 1, true);
        Program opened = OnnxRuntimeProgram.open(file, 1)) {
      assertThat(opened.run(image, 1)[0]).containsExactly(compiled.run(image, 1)[0]);
    }
  }

  @Test
  void tensorFlowsOperationsPrepareAPngAsTheJavaPreprocessorDoes() {
    byte[] png = Images.encoded(Images.picture(1, 60, 40), "png");
    FloatBuffer ours = Images.direct(3 * 16 * 20);
    FloatBuffer theirs = Images.direct(3 * 16 * 20);
    new JavaPreprocessor().process(png, "test", InputFormat.unitRange(16, 20), ours);
    try (TensorFlowImages images = new TensorFlowImages(16, 20)) {
      images.process(png, theirs);
      assertThat(theirs.hasRemaining()).isFalse();
      // TensorFlow multiplies by 1 / 255 where it can.
      for (int i = 0; i < ours.capacity(); i++) {
        assertThat(theirs.get(i)).isEqualTo(ours.get(i), within(1e-6f));
      }
      float first = theirs.get(0);
      assertThat(images.process(png)).isEqualTo(first);
      try (TUint8 pixels = images.pixels(png)) {
        assertThat(images.decode(png)).isEqualTo(pixels.getByte(0, 0, 0));
        assertThat(images.resize(pixels)).isEqualTo(first);
      }
    }
  }

  @Test
  void picturesAreTheSameInEveryRunDifferAndHaveTheSizeOfPhotographs() throws IOException {
    byte[] first = Images.encoded(Images.picture(0, 256, 256), "jpg");
    assertThat(Images.encoded(Images.picture(0, 256, 256), "jpg")).isEqualTo(first);
    assertThat(Images.encoded(Images.picture(1, 256, 256), "jpg")).isNotEqualTo(first);
    assertThat(ImageIO.read(new ByteArrayInputStream(first)).getWidth()).isEqualTo(256);
    assertThat(first.length / (256.0 * 256)).isBetween(0.1, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Images.encoded(Images.picture(0, 2, 2), "tga2"));
  }

  @Test
  void aChildSaysWhatItPrintedAndWhyItFailed() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Child child = Child.run(List.of(java, "--version"));
    assertThat(child.output()).contains(System.getProperty("java.version"));
    assertThat(child.milliseconds()).isPositive();
    assertThatThrownBy(() -> Child.run(List.of(java, "-XX:+NoSuchOption")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with status 1")
        .hasMessageContaining("-XX:+NoSuchOption");
  }

  /** The sum of three values, times a weight, through a sigmoid. */
  private static Network network(float weight) {
    Network.Builder builder = Network.builder("weight " + weight);
    int image = builder.add("image", new Layer.Input(Shape.of(1, 1, 3)));
    int row = builder.add("row", new Layer.Reshape(Shape.of(3)), image);
    float[] weights = new float[3];
    Arrays.fill(weights, weight);
    Layer dense = new Layer.Dense(Weights.of(Shape.of(3, 1), weights), null, Activations.SIGMOID);
    return builder.build(builder.add("dense", dense, row));
  }
}
