package io.unmask.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasInitializerTest {

  private static final Shape KERNEL = Shape.of(3, 3, 64, 128);

  /** The limits are those that {@code keras.initializers.GlorotUniform} 3.15.1 computes. */
  @ParameterizedTest
  @CsvSource({
    "Conv2D, kernel, 3 3 64 128, 0.05892556509887896",
    "Conv2D of groups, kernel, 3 3 16 64, 0.09128709291752768",
    "DepthwiseConv2D, kernel, 3 3 728 1, 0.0302406141084343",
    "SeparableConv2D, depthwise_kernel, 3 3 728 1, 0.0302406141084343",
    "SeparableConv2D, pointwise_kernel, 1 1 728 728, 0.06419407387663695",
    "Dense, kernel, 2048 256, 0.05103103630798288",
  })
  void kernelsAreUniformWithinGlorotsLimit(
      String layer, String variable, String extents, double limit) {
    Shape shape = Shape.of(Arrays.stream(extents.split(" ")).mapToInt(Integer::parseInt).toArray());
    float[] values = new KerasInitializer(7).create(layer, variable, shape).toArray();
    double sum = 0;
    double squares = 0;
    double least = 0;
    double most = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    int n = values.length;
    assertThat(most).isLessThanOrEqualTo((float) limit).isGreaterThan(limit * (1 - 20.0 / n));
    assertThat(least).isGreaterThanOrEqualTo((float) -limit).isLessThan(-limit * (1 - 20.0 / n));
    // A uniform distribution's variance is limit² / 3, that of its squares 4/45 limit⁴; 5 sigma.
    assertThat(sum / n).isCloseTo(0, within(5 * limit / Math.sqrt(3.0 * n)));
    assertThat(squares / n)
        .isCloseTo(
            limit * limit / 3, within(5 * limit * limit * Math.sqrt(4 / 45.0) / Math.sqrt(n)));
  }

  @Test
  void neighboursAreUncorrelated() {
    float[] one = new KerasInitializer(7).create("a", "kernel", KERNEL).toArray();
    assertThat(correlation(one, one, 1)).isLessThan(5 / Math.sqrt(one.length));
  }

  @Test
  void seedLayerAndVariableEachMakeOtherValues() {
    float[] one = new KerasInitializer(7).create("a", "kernel", KERNEL).toArray();
    List<float[]> others =
        List.of(
            new KerasInitializer(8).create("a", "kernel", KERNEL).toArray(),
            new KerasInitializer(-7).create("a", "kernel", KERNEL).toArray(),
            new KerasInitializer(7).create("b", "kernel", KERNEL).toArray(),
            new KerasInitializer(7).create("a", "pointwise_kernel", KERNEL).toArray());
    for (float[] other : others) {
      assertThat(correlation(one, other, 0)).isLessThan(5 / Math.sqrt(one.length));
    }
  }

  @Test
  void theOrderOfAskingChangesNothing() {
    KerasInitializer initializer = new KerasInitializer(42);
    Network network = SmallCnn.reference().build(initializer);
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.node(i);
      if (node.layer() instanceof Layer.Conv2D conv) {
        assertThat(initializer.create(node.name(), "kernel", conv.kernel().shape()))
            .isEqualTo(conv.kernel());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bias", "beta", "moving_mean", "alpha"})
  void startsAtZero(String variable) {
    assertThat(new KerasInitializer(1).create("layer", variable, Shape.of(9)).toArray())
        .containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gamma", "moving_variance"})
  void startsAtOne(String variable) {
    assertThat(new KerasInitializer(1).create("layer", variable, Shape.of(9)).toArray())
        .containsOnly(1f);
  }

  @Test
  void refusesWhatKerasHasNoRuleFor() {
    assertThatThrownBy(() -> new KerasInitializer(1).create("layer", "tau", Shape.of(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'layer'", "'tau'");
    assertThatThrownBy(() -> new KerasInitializer(1).create("layer", "kernel", Shape.of(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(9,)");
  }

  /** The absolute correlation of arrays of mean about 0, the second shifted. */
  private static double correlation(float[] one, float[] two, int shift) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length - shift; i++) {
      product += (double) one[i] * two[i + shift];
      first += (double) one[i] * one[i];
      second += (double) two[i + shift] * two[i + shift];
    }
    return Math.abs(product / Math.sqrt(first * second));
  }
}
