package io.unmask.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeInferenceTest {

  private static final Shape MAP = Shape.of(6, 5, 4);

  /** Keras's sizes: {@code keras.ops.conv}'s documentation. */
  @ParameterizedTest
  @CsvSource({
    "7, 3, 2, 1, VALID, 3, 0, 0",
    "7, 3, 2, 1, SAME, 4, 1, 1",
    "8, 3, 2, 1, SAME, 4, 0, 1",
    "8, 4, 3, 1, SAME, 3, 1, 1",
    "9, 3, 1, 3, VALID, 3, 0, 0",
    "9, 3, 1, 3, SAME, 9, 3, 3",
    "2, 5, 4, 1, SAME, 1, 1, 2",
    "5, 1, 2, 1, SAME, 3, 0, 0"
  })
  void slidesAWindowAsKerasDoes(
      int input,
      int size,
      int stride,
      int dilation,
      Padding padding,
      int out,
      int before,
      int after) {
    Window window =
        new Window(
            Window.Size.square(size),
            Window.Size.square(stride),
            Window.Size.square(dilation),
            padding);
    assertThat(window.rows(input)).isEqualTo(new Extent(out, before, after));
    assertThat(window.columns(input)).isEqualTo(new Extent(out, before, after));
  }

  static Stream<Arguments> misfits() {
    Window three = new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
    Window six = new Window(Window.Size.square(6), Window.Size.ONE, Padding.VALID);
    Layer conv = new Layer.Conv2D(zeros(3, 3, 2, 8), null, three, 1, Activations.LINEAR);
    Layer norm = new Layer.BatchNormalization(null, null, zeros(3), zeros(3), 1e-3);
    Layer dense = new Layer.Dense(zeros(3, 2), null, Activations.LINEAR);
    return Stream.of(
        arguments(conv, List.of(MAP), "2 channels"),
        arguments(conv, List.of(Shape.of(4)), "3 axes"),
        arguments(conv, List.of(MAP, MAP), "takes 1 input(s), but has 2"),
        arguments(norm, List.of(MAP), "3 channels"),
        arguments(dense, List.of(MAP), "3 channels"),
        arguments(new Layer.MaxPooling2D(six), List.of(MAP), "does not fit into 5"),
        arguments(new Layer.Add(), List.of(MAP), "at least 2"),
        arguments(new Layer.Add(), List.of(MAP, Shape.of(6, 5, 3)), "cannot combine"),
        arguments(new Layer.Multiply(), List.of(MAP, Shape.of(4)), "cannot combine"),
        arguments(new Layer.Concatenate(2), List.of(MAP, Shape.of(5, 5, 4)), "cannot join"),
        arguments(new Layer.Concatenate(3), List.of(MAP, MAP), "no axis 3"),
        arguments(new Layer.Reshape(Shape.of(7)), List.of(MAP), "cannot see"),
        arguments(new Layer.PRelu(zeros(1, 5, 3)), List.of(MAP), "(1, 5, 3)"),
        arguments(new Layer.Rescaling(List.of(1.0, 2.0), List.of(0.0, 0.0)), List.of(MAP), "2"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void saysWhyAnInputDoesNotFit(Layer layer, List<Shape> inputs, String fragment) {
    assertThatThrownBy(() -> layer.outputShape(inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fragment);
  }

  @Test
  void namesTheLayerThatDoesNotFit() {
    Network.Builder builder = Network.builder("model");
    int image = builder.add("image", new Layer.Input(MAP));
    assertThatThrownBy(() -> builder.add("flat", new Layer.Reshape(Shape.of(7)), image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("layer 'flat' (Reshape)", "(6, 5, 4)");
  }

  @Test
  void broadcastsExtentsOfOne() {
    List<Shape> shapes = List.of(Shape.of(6, 1, 4), Shape.of(1, 5, 1), Shape.of(1, 1, 1));
    assertThat(new Layer.Multiply().outputShape(shapes)).isEqualTo(MAP);
  }

  @Test
  void refusesASecondInputATakenNameAndANodeThatIsNotThere() {
    Network.Builder builder = Network.builder("model");
    int image = builder.add("image", new Layer.Input(MAP));
    Layer relu = new Layer.Activate(Activations.RELU);
    assertThatThrownBy(() -> builder.add("more", new Layer.Input(MAP)))
        .hasMessageContainingAll("'more'", "second input");
    assertThatThrownBy(() -> builder.add("image", relu, image))
        .hasMessageContainingAll("'image'", "name of an earlier layer");
    assertThatThrownBy(() -> builder.add("relu", relu, 5))
        .hasMessageContainingAll("'relu'", "node 5");
  }

  @Test
  void leavesOutWhatNoOutputNeeds() {
    Network.Builder builder = Network.builder("model");
    int image = builder.add("image", new Layer.Input(MAP));
    builder.add("unused", new Layer.GlobalMaxPooling2D(false), image);
    int used = builder.add("used", new Layer.GlobalAveragePooling2D(true), image);
    Network network = builder.build(used);
    assertThat(network.nodes()).hasSize(2);
    assertThat(network.outputShape(0)).isEqualTo(Shape.of(1, 1, 4));
  }

  @Test
  void refusesShapesThatNoArrayCanHave() {
    assertThatThrownBy(() -> Shape.of(3, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Shape.of(65536, 65536)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Weights zeros(int... extents) {
    Shape shape = Shape.of(extents);
    return Weights.of(shape, new float[shape.size()]);
  }
}
