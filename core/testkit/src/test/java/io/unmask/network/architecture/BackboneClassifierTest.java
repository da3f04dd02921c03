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
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.pass.CutNetwork;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneClassifierTest {

  private static final BackboneClassifier REFERENCE =
      BackboneClassifier.reference(0, TapsClassifier.Range.UNIT);

  @TempDir Path folder;

  /** Where each model was pooled before its own head; a sequence is pooled likewise. */
  @ParameterizedTest
  @CsvSource({
    "efficientnet.h5, global_average_pooling2d",
    "densenet.keras, global_average_pooling2d",
    "densenet_nested.h5, global_average_pooling2d",
    "keras2_mobilenetv3_nested.h5, global_average_pooling2d",
    "convnext.keras, global_average_pooling2d",
    "vit.keras, global_average_pooling1d",
  })
  void featuresAreThoseThatTheModelPooledItself(String name, String kind) {
    Network whole = KerasReader.read(GoldenModels.file(name));
    String own =
        whole.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.GlobalAveragePooling2D)
            .map(Node::name)
            .filter(node -> node.startsWith(kind))
            .reduce((first, last) -> last)
            .orElseThrow();
    Network made = REFERENCE.build(whole, new KerasInitializer(3));
    float[] image = GoldenModels.image(whole.inputShape(), 5);
    double[] expected = Interpreter.run(CutNetwork.behind(whole, own).trunk(), image)[0];
    Network trunk = CutNetwork.behind(made, BackboneClassifier.POOLING).trunk();
    assertThat(Interpreter.run(trunk, image)[0]).containsExactly(expected, within(1e-12));
    assertThat(made.outputShape(0)).isEqualTo(Shape.of(1));
  }

  @Test
  void comesBackOutOfAFileWithItsTrunkUnderTheSameName() {
    Network whole = KerasReader.read(GoldenModels.file("efficientnet_nested.keras"));
    Network made = REFERENCE.build(whole, new KerasInitializer(3));
    Path file = folder.resolve("made.keras");
    KerasWriter.write(made, file);
    Network again = KerasReader.read(file);
    long trunk =
        made.nodes().stream()
            .filter(node -> node.name().startsWith(BackboneClassifier.TRUNK_PREFIX))
            .count();
    assertThat(again.nodes())
        .filteredOn(node -> node.name().startsWith(BackboneClassifier.TRUNK_PREFIX))
        .hasSize((int) trunk);
    float[] image = GoldenModels.image(whole.inputShape(), 5);
    assertThat(Interpreter.run(again, image)).isDeepEqualTo(Interpreter.run(made, image));
  }

  @Test
  void readsImagesOfAnotherSizeAndRange() {
    Network whole = KerasReader.read(GoldenModels.file("mobilenetv3.keras"));
    Network made =
        BackboneClassifier.reference(48, TapsClassifier.Range.SIGNED)
            .build(whole, new KerasInitializer(3));
    assertThat(made.inputShape()).isEqualTo(Shape.of(48, 48, 3));
    assertThat(made.node(1).layer()).isEqualTo(new Layer.Rescaling(List.of(2.0), List.of(-1.0)));
  }

  @Test
  void refusesWhatHasNoPlaces() {
    Network.Builder builder = Network.builder("flat");
    int input = builder.add("input", new Layer.Input(Shape.of(2, 2, 3)));
    int flat = builder.add("flat", new Layer.Reshape(Shape.of(12)), input);
    Weights kernel = Weights.of(Shape.of(12, 1), new float[12]);
    int dense = builder.add("dense", new Layer.Dense(kernel, null, Activations.SIGMOID), flat);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REFERENCE.build(builder.build(dense), new KerasInitializer(3)))
        .withMessageContaining("'flat' has no layer with places of the image");
  }
}
