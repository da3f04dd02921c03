package io.unmask.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.Interpreter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeInputTest {

  private static final FormulaWeights WEIGHTS = new FormulaWeights("output_layer", 1, 0);

  private static Network xception(int height, int width) {
    return new XceptionClassifier(Shape.of(height, width, 3), 0.02, List.of(4), 0.3).build(WEIGHTS);
  }

  @Test
  void isTheNetworkThatWouldHaveBeenBuiltForThatSize() {
    Network resized = ResizeInput.to(xception(71, 71), 90, 101);
    Network built = xception(90, 101);
    assertThat(resized.nodes()).isEqualTo(built.nodes());
    assertThat(resized.outputs()).isEqualTo(built.outputs());
    assertThat(resized.name()).isEqualTo(built.name());
  }

  @Test
  void keepsTheWeightsThemselves() {
    Network network = xception(71, 71);
    Network resized = ResizeInput.to(network, 80, 72);
    assertThat(resized.nodes().get(1).layer()).isSameAs(network.nodes().get(1).layer());
    assertThat(resized.parameters()).isEqualTo(network.parameters());
  }

  @Test
  void aMapThatComesOutChangesItsSize() {
    Network trunk = CutNetwork.behind(xception(71, 71), "xception/block14_sepconv2_act").trunk();
    assertThat(trunk.outputShape(0)).isEqualTo(Shape.of(3, 3, 41));
    assertThat(ResizeInput.to(trunk, 224, 128).outputShape(0)).isEqualTo(Shape.of(7, 4, 41));
  }

  @Test
  void theSameSizeChangesNothing() {
    Network network = xception(71, 80);
    assertThat(ResizeInput.to(network, 71, 80)).isSameAs(network);
  }

  @Test
  void reshapingBehindAGlobalPoolingIsAllowed() {
    Network.Builder builder = Network.builder("gated");
    int image = builder.add("image", new Layer.Input(Shape.of(4, 5, 3)));
    int mean = builder.add("mean", new Layer.GlobalAveragePooling2D(false), image);
    int map = builder.add("map", new Layer.Reshape(Shape.of(1, 1, 3)), mean);
    int gated = builder.add("gated", new Layer.Multiply(), image, map);
    Network resized = ResizeInput.to(builder.build(gated), 1, 2);
    double[] answer = Interpreter.run(resized, new float[] {1, 2, 3, 3, 2, 1})[0];
    assertThat(answer).containsExactly(2, 4, 6, 6, 4, 2);
  }

  @Test
  void refusesToFlattenAnotherSize() {
    Network cnn = new SmallCnn(Shape.of(30, 62, 3)).build(WEIGHTS);
    assertThatThrownBy(() -> ResizeInput.to(cnn, 46, 62))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "'sequential'", "30x62", "46x62", "'flatten'", "(2, 6, 16)", "(4, 6, 16)");
  }

  @Test
  void refusesToFlattenAnotherSizeOfAsManyElements() {
    Network cnn = new SmallCnn(Shape.of(30, 62, 3)).build(WEIGHTS);
    assertThatThrownBy(() -> ResizeInput.to(cnn, 62, 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'flatten'", "(2, 6, 16)", "(6, 2, 16)");
  }

  @Test
  void refusesSlopesForEachPosition() {
    Network.Builder builder = Network.builder("slopes");
    int image = builder.add("image", new Layer.Input(Shape.of(2, 2, 1)));
    Weights slopes = Weights.of(Shape.of(2, 2, 1), 1, 2, 3, 4);
    Network network = builder.build(builder.add("prelu", new Layer.PRelu(slopes), image));
    assertThatThrownBy(() -> ResizeInput.to(network, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'slopes'", "layer 'prelu'", "(2, 2, 1)", "(3, 2, 1)");
  }

  @Test
  void refusesAnImageThatIsTooSmall() {
    Network.Builder builder = Network.builder("small");
    int image = builder.add("image", new Layer.Input(Shape.of(5, 5, 1)));
    Window window = new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
    Layer layer =
        new Layer.Conv2D(
            Weights.of(Shape.of(3, 3, 1, 1), new float[9]), null, window, 1, Activations.LINEAR);
    Network network = builder.build(builder.add("conv", layer, image));
    assertThatThrownBy(() -> ResizeInput.to(network, 5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("layer 'conv'", "5x2");
    assertThatThrownBy(() -> ResizeInput.to(network, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void refusesANetworkWithoutAnImage() {
    Network head = CutNetwork.behind(xception(71, 71), "global_avg_pooling").head();
    assertThatThrownBy(() -> ResizeInput.to(head, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes no image");
  }
}
