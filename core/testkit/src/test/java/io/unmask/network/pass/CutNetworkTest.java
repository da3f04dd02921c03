package io.unmask.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import io.unmask.testkit.Interpreter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutNetworkTest {

  private static final Network NETWORK =
      new XceptionClassifier(Shape.of(71, 71, 3), 0.02, List.of(6, 4), 0.3)
          .build(new FormulaWeights("output_layer", 1, 0));

  @Test
  void theHeadOfTheTrunksFeaturesIsTheWhole() {
    CutNetwork cut = CutNetwork.behind(NETWORK, "global_avg_pooling");
    assertThat(cut.trunk().nodes()).last().extracting(Node::name).isEqualTo("global_avg_pooling");
    assertThat(cut.head().nodes().stream().map(Node::name))
        .startsWith("features", "dense_1")
        .endsWith("output_layer");
    float[] image = new float[71 * 71 * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 / 7f;
    }
    double[] features = Interpreter.run(cut.trunk(), image)[0];
    float[] rounded = new float[features.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) features[i];
    }
    double cutAnswer = Interpreter.run(cut.head(), rounded)[0][0];
    double answer = Interpreter.run(NETWORK, image)[0][0];
    assertThat(Math.abs(cutAnswer - answer)).isLessThan(1e-6);
  }

  @Test
  void joiningUndoesCutting() {
    Network joined = CutNetwork.behind(NETWORK, "global_avg_pooling").joined();
    assertThat(joined.nodes()).isEqualTo(NETWORK.nodes());
    assertThat(joined.outputs()).isEqualTo(NETWORK.outputs());
    assertThat(joined.name()).isEqualTo(NETWORK.name());
  }

  @Test
  void aCutThroughAShortcutIsRefused() {
    assertThatThrownBy(() -> CutNetwork.behind(NETWORK, "xception/block2_sepconv1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("xception/block2_sepconv1", "cannot be cut there");
    assertThatThrownBy(() -> CutNetwork.behind(NETWORK, "nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no layer 'nothing'");
  }

  @Test
  void onlyPiecesThatFitAreJoined() {
    CutNetwork one = CutNetwork.behind(NETWORK, "global_avg_pooling");
    CutNetwork two = CutNetwork.behind(NETWORK, "dense_1");
    assertThatThrownBy(() -> new CutNetwork(one.trunk(), two.head()).joined())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes features of shape");
  }
}
