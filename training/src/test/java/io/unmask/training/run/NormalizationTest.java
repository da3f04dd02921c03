package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {

  private static final float[][] ROWS = {{1, 5, 2}, {3, 5, 4}, {5, 5, 9}, {9, 5, 1}};

  private static final Samples FEATURES =
      new Samples() {
        @Override
        public int size() {
          return 3;
        }

        @Override
        public void augmented(Draw draw, FloatBuffer target) {
          throw new AssertionError("statistics are of images as they are");
        }

        @Override
        public void plain(int image, FloatBuffer target) {
          target.put(ROWS[image]);
        }
      };

  private static Layer.BatchNormalization given(Weighted groups) {
    Network.Builder builder = Network.builder("head");
    int x = builder.add("features", new Layer.Input(Shape.of(3)));
    Weights ones = Weights.vector(1, 1, 1);
    x =
        builder.add(
            "norm",
            new Layer.BatchNormalization(null, null, Weights.vector(0, 0, 0), ones, 1e-10),
            x);
    Weights kernel = Weights.of(Shape.of(3, 1), 1, 1, 1);
    Network head =
        builder.build(builder.add("dense", new Layer.Dense(kernel, null, Activations.SIGMOID), x));
    Network normal = Normalization.of(head, "norm", FEATURES, groups);
    return (Layer.BatchNormalization) normal.node(1).layer();
  }

  @Test
  void statisticsAreThoseOfTheImages() {
    Layer.BatchNormalization norm = given(new Weighted(List.of(List.of(new int[] {0, 1, 2}))));
    assertThat(norm.mean().toArray()).containsExactly(new float[] {3, 5, 5}, within(1e-6f));
    assertThat(norm.variance().get(0)).isCloseTo(8f / 3, within(1e-6f));
    assertThat(norm.variance().get(1)).as("what does not vary stays as it is").isEqualTo(1);
  }

  /** The last image is a source and a class of its own. */
  @Test
  void groupsWeighTheSame() {
    Layer.BatchNormalization norm =
        given(
            new Weighted(
                List.of(List.of(new int[] {0}, new int[] {1, 2}), List.of(new int[] {3}))));
    // (1 / 4 + (3 + 5) / 8) + 9 / 2
    assertThat(norm.mean().get(0)).isCloseTo(5.75f, within(1e-6f));
  }
}
