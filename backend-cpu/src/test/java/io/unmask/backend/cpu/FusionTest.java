package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {

  private final Network.Builder builder = Network.builder("test");
  private final int input = builder.add("input", new Layer.Input(Shape.of(4, 4, 2)));

  @Test
  void aConvolutionTakesInTheSumAndTheActivationBehindIt() {
    int first = convolution("first", input);
    int second = convolution("second", input);
    int sum = builder.add("sum", new Layer.Add(), first, second);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), sum);
    List<Fusion.Group> schedule = new Fusion(builder.build(relu)).schedule();
    assertThat(schedule)
        .containsExactly(
            new Fusion.Group(input),
            new Fusion.Group(second),
            new Fusion.Group(first, Border.NONE, second, Activations.RELU, relu));
  }

  @Test
  void aClippedRectifierIsTakenInByAConvolutionOfEachChannel() {
    Weights kernel = Weights.of(Shape.of(1, 1, 2, 5), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    Window point = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);
    Layer depthwise = new Layer.DepthwiseConv2D(kernel, null, point, Activations.LINEAR);
    Activation clip = new Activation.Relu(0, 4, 0);
    int filters = builder.add("filters", depthwise, input);
    int clipped = builder.add("clipped", new Layer.Activate(clip), filters);
    assertThat(new Fusion(builder.build(clipped)).schedule())
        .containsExactly(
            new Fusion.Group(input), new Fusion.Group(filters, Border.NONE, -1, clip, clipped));
  }

  @Test
  void nothingIsTakenInThatSomethingElseReadsToo() {
    int convolution = convolution("convolution", input);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), convolution);
    int both = builder.add("both", new Layer.Concatenate(2), convolution, relu);
    assertThat(new Fusion(builder.build(both)).schedule()).hasSize(4);
  }

  @Test
  void anOutputIsNotTakenIn() {
    int convolution = convolution("convolution", input);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), convolution);
    assertThat(new Fusion(builder.build(convolution, relu)).schedule()).hasSize(3);
  }

  @Test
  void aValueMayBeOverwrittenOnlyByTheLastThatReadsIt() {
    int a = convolution("a", input);
    int b = convolution("b", a);
    int c = convolution("c", a);
    int sum = builder.add("sum", new Layer.Multiply(), b, c);
    Fusion fusion = new Fusion(builder.build(sum));
    List<Fusion.Group> schedule = fusion.schedule();
    assertThat(fusion.isLastUse(schedule.get(2), a)).isFalse();
    assertThat(fusion.isLastUse(schedule.get(3), a)).isTrue();
  }

  @Test
  void aConvolutionTakesInTheZerosAroundWhatItAloneReads() {
    int zeros = builder.add("zeros", new Layer.ZeroPadding2D(0, 2, 1, 0), input);
    int filters = builder.add("filters", wide(), zeros);
    int sum = builder.add("sum", new Layer.Add(), filters, filters);
    Fusion fusion = new Fusion(builder.build(sum));
    Fusion.Group group = new Fusion.Group(filters, new Border(0, 2, 1, 0), -1, null, filters);
    assertThat(fusion.schedule())
        .containsExactly(new Fusion.Group(input), group, new Fusion.Group(sum));
    assertThat(fusion.sources(group)).containsExactly(input);
    assertThat(fusion.isLastUse(group, input)).isTrue();
  }

  @Test
  void zerosAreNotTakenInThatAreAnOutputOrHaveTwoReadersOrWindowsOfTheirOwn() {
    int zeros = builder.add("zeros", new Layer.ZeroPadding2D(0, 2, 1, 0), input);
    int filters = builder.add("filters", wide(), zeros);
    assertThat(new Fusion(builder.build(zeros, filters)).schedule()).hasSize(3);
    int others = builder.add("others", wide(), zeros);
    assertThat(new Fusion(builder.build(filters, others)).schedule()).hasSize(4);
    int many = builder.add("many", new Layer.ZeroPadding2D(0, 3, 0, 0), input);
    int last = builder.add("last", wide(), many);
    assertThat(new Fusion(builder.build(last)).schedule()).hasSize(3);
  }

  @Test
  void noZerosAtAllAreNotTakenIn() {
    int none = builder.add("none", new Layer.ZeroPadding2D(0, 0, 0, 0), input);
    int filters = builder.add("filters", wide(), none);
    assertThat(new Fusion(builder.build(filters)).schedule())
        .containsExactly(
            new Fusion.Group(input), new Fusion.Group(none), new Fusion.Group(filters));
  }

  /** Filters of 3x3. */
  private static Layer wide() {
    Weights kernel = Weights.vector(new float[36]).reshaped(Shape.of(3, 3, 2, 2));
    Window window = new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
    return new Layer.Conv2D(kernel, null, window, 1, Activations.LINEAR);
  }

  private int convolution(String name, int source) {
    Weights kernel = Weights.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    Window point = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);
    return builder.add(name, new Layer.Conv2D(kernel, null, point, 1, Activations.LINEAR), source);
  }
}
