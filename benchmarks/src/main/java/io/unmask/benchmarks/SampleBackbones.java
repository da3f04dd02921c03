package io.unmask.benchmarks;

import io.unmask.keras.KerasArchitecture;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Networks that other people's detectors are made of, with two classes and random weights. {@code
 * vit-small} is that of arXiv:2010.11929 with patches of 16 pixels, 12 blocks, 6 heads and a width
 * of 384; {@code make_vit.py} wrote it.
 */
final class SampleBackbones {

  private static final String VIT = "vit-small";

  /** What the random weights of the last layer are divided by, so that nothing is certain. */
  private static final float LAST_DIVISOR = 64;

  private SampleBackbones() {}

  /** The network of a name of keras.applications, or {@code vit-small}. */
  static Network network(String name) {
    return (name.equals(VIT) ? vit() : KerasArchitecture.named(name)).fresh(2, weights());
  }

  private static KerasArchitecture vit() {
    try (InputStream stream = SampleBackbones.class.getResourceAsStream("vit-small.json.gz")) {
      return KerasArchitecture.read(
          VIT, new GZIPInputStream(Objects.requireNonNull(stream)).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KerasArchitecture.FirstWeights weights() {
    SampleWeights random = new SampleWeights(0, 0);
    return (layer, variable, shape) -> {
      if (variable.equals("variance")) {
        return random.create(layer, "moving_variance", shape);
      }
      Weights weights = random.create(layer, variable, shape);
      return variable.equals("kernel") && isLast(layer)
          ? weights.scaled(divided(shape)).inMemory()
          : weights;
    };
  }

  private static boolean isLast(String layer) {
    return layer.equals("predictions");
  }

  private static double[] divided(Shape shape) {
    double[] factors = new double[shape.channels()];
    Arrays.fill(factors, 1 / LAST_DIVISOR);
    return factors;
  }
}
