package io.unmask.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.keras.KerasReader;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.pass.CutNetwork;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapsClassifierTest {

  private static final TapsClassifier.Range UNIT = TapsClassifier.Range.UNIT;

  @TempDir Path folder;

  private static Weights random(long seed, Shape shape) {
    Random random = new Random(seed);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / 3;
    }
    return Weights.of(shape, values);
  }

  private static final WeightInitializer RANDOM =
      (layer, variable, shape) -> random((layer + variable).hashCode(), shape);

  /** Two convolutions that branch and come together, and a classifier that is left out. */
  static Network trunk() {
    Window same = new Window(Window.Size.square(3), Window.Size.ONE, Padding.SAME);
    Network.Builder builder = Network.builder("small");
    int x = builder.add("image", new Layer.Input(Shape.of(8, 8, 3)));
    x = conv(builder, "stem", x, Shape.of(3, 3, 3, 4), same);
    int left = conv(builder, "inner/left", x, Shape.of(3, 3, 4, 2), same);
    int right = conv(builder, "inner/right", x, Shape.of(3, 3, 4, 3), same);
    x = builder.add("mixed", new Layer.Concatenate(2), left, right);
    x = builder.add("pool", new Layer.GlobalAveragePooling2D(false), x);
    return builder.build(
        builder.add(
            "classes", new Layer.Dense(random(9, Shape.of(5, 10)), null, Activations.LINEAR), x));
  }

  private static int conv(Network.Builder builder, String name, int x, Shape shape, Window window) {
    return builder.add(
        name,
        new Layer.Conv2D(random(name.hashCode(), shape), null, window, 1, Activations.RELU),
        x);
  }

  private static double[] value(Network network, String node, float[] image) {
    Network.Builder builder = Network.builder("part");
    int found = -1;
    for (Node each : network.nodes()) {
      int added = builder.add(each.name(), each.layer(), each.inputs());
      found = each.name().equals(node) ? added : found;
    }
    return Interpreter.run(builder.build(found), image)[0];
  }

  /** By the definition: mean and mean squared difference from it, of each channel. */
  private static double[] statistics(double[] map, int channels) {
    double[] statistics = new double[2 * channels];
    int places = map.length / channels;
    for (int i = 0; i < map.length; i++) {
      statistics[i % channels] += map[i] / places;
    }
    for (int i = 0; i < map.length; i++) {
      double difference = map[i] - statistics[i % channels];
      statistics[channels + i % channels] += difference * difference / places;
    }
    return statistics;
  }

  @Test
  void featuresAreMeansAndVariancesOfTheTaps() {
    TapsClassifier taps = new TapsClassifier(List.of("stem", "mixed"), true, 0, 0.2, 0, UNIT);
    Network network = taps.build(trunk(), RANDOM);
    float[] image = GoldenModels.smoothImage(Shape.of(8, 8, 3), 5);
    double[] features = value(network, TapsClassifier.FEATURES, image);
    double[] stem = statistics(value(trunk(), "stem", image), 4);
    double[] mixed = statistics(value(trunk(), "mixed", image), 5);
    assertThat(Arrays.copyOf(features, 8)).containsExactly(stem, within(1e-6));
    assertThat(Arrays.copyOfRange(features, 8, 18)).containsExactly(mixed, within(1e-6));
    assertThat(network.nodes()).extracting(Node::name).doesNotContain("trunk/classes");
  }

  @ParameterizedTest
  @EnumSource
  void theTrunkReadsItsOwnRange(TapsClassifier.Range range) {
    TapsClassifier taps = new TapsClassifier(List.of("stem"), false, 0, 0, 0, range);
    float[] image = GoldenModels.smoothImage(Shape.of(8, 8, 3), 5);
    float[] scaled = image.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] =
          switch (range) {
            case UNIT -> image[i];
            case SIGNED -> image[i] * 2 - 1;
            case BYTES -> image[i] * 255;
          };
    }
    double[] expected = Arrays.copyOf(statistics(value(trunk(), "stem", scaled), 4), 4);
    assertThat(value(taps.build(trunk(), RANDOM), TapsClassifier.FEATURES, image))
        .containsExactly(expected, within(1e-4));
  }

  @Test
  void itIsWrittenAndReadAsOneNestedModelAndAnswersTheSame() {
    for (int hidden : new int[] {0, 3}) {
      TapsClassifier taps =
          new TapsClassifier(
              List.of("stem", "mixed", "pool"), true, hidden, 0.2, 12, TapsClassifier.Range.SIGNED);
      Network network = taps.build(trunk(), RANDOM);
      assertThat(network.inputShape()).isEqualTo(Shape.of(12, 12, 3));
      Path file = folder.resolve(hidden + ".keras");
      KerasWriter.write(network, file);
      Network read = KerasReader.read(file);
      assertThat(read.nodes())
          .extracting(Node::name)
          .containsExactlyInAnyOrderElementsOf(network.nodes().stream().map(Node::name).toList());
      float[] image = GoldenModels.smoothImage(Shape.of(12, 12, 3), 7);
      assertThat(Interpreter.run(read, image)).isEqualTo(Interpreter.run(network, image));
      CutNetwork cut = CutNetwork.behind(read, TapsClassifier.FEATURES);
      assertThat(cut.trunk().outputShape(0)).isEqualTo(Shape.of(2 * 4 + 2 * 5 + 5));
    }
  }

  @Test
  void whatIsNoTapIsNamed() {
    TapsClassifier taps = new TapsClassifier(List.of("mixed9"), true, 0, 0, 0, UNIT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> taps.build(trunk(), RANDOM))
        .withMessageContaining("trunk 'small' has no layer 'mixed9'; it has image, stem,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TapsClassifier(List.of(), true, 0, 0, 0, UNIT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TapsClassifier(List.of("a", "a"), true, 0, 0, 0, UNIT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TapsClassifier(List.of("a"), true, 0, 1, 0, UNIT));
  }
}
