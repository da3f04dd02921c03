package io.unmask;

import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.Expectation;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import java.util.List;

/** Models of a few weights. */
public final class TestModels {

  private TestModels() {}

  /** Pooling and a dense layer with a sigmoid, for images of 4 by 4. */
  public static Network network() {
    Network.Builder builder = Network.builder("tiny");
    int input = builder.add("input", new Layer.Input(Shape.of(4, 4, 3)));
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), input);
    int dense =
        builder.add(
            "dense",
            new Layer.Dense(
                Weights.of(Shape.of(3, 1), 1, 2, 3), Weights.vector(0), Activations.SIGMOID),
            pool);
    return builder.build(dense);
  }

  /** A model whose class 0 or 1 means fake. */
  static Model model(int fakeClass, double threshold) {
    return model(fakeClass, threshold, Expectation.NONE);
  }

  /** A model that is for some images only. */
  static Model model(int fakeClass, double threshold, Expectation expectation) {
    return model(network(), fakeClass, threshold, false, expectation);
  }

  /** A model of one network, which may also see images mirrored. */
  static Model model(Network network, boolean mirrored) {
    return model(network, 1, 0.5, mirrored, Expectation.NONE);
  }

  private static Model model(
      Network network, int fakeClass, double threshold, boolean mirrored, Expectation expectation) {
    return Model.builder(
            "tiny.keras",
            network,
            InputFormat.unitRange(4, 4),
            List.of(new Member("tiny.keras", fakeClass, 4)))
        .mirrored(mirrored)
        .threshold(threshold)
        .expectation(expectation)
        .build();
  }
}
