package io.unmask.network.architecture;

import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Fresh weights as Keras's layers make them unless told otherwise: kernels by {@code
 * glorot_uniform} (Glorot and Bengio 2010), 1 for {@code gamma} and {@code moving_variance}, 0 for
 * the rest. The distributions are Keras's, the numbers are not: its generator differs between its
 * engines.
 *
 * <p>A variable's values depend on the seed, its layer's name and its own name, and not on what
 * else was asked for or in which order.
 *
 * @param seed what all values are derived from
 */
public record KerasInitializer(long seed) implements WeightInitializer {

  /** Offset basis and prime of the hash FNV-1a, 64 bits. */
  private static final long FNV_BASIS = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  @Override
  public Weights create(String layer, String variable, Shape shape) {
    float[] values = new float[shape.size()];
    switch (variable) {
      case "kernel", "depthwise_kernel", "pointwise_kernel" ->
          uniform(values, limit(shape), random(layer + "/" + variable));
      case "gamma", "moving_variance" -> Arrays.fill(values, 1);
      case "bias", "beta", "moving_mean", "alpha" -> {}
      default ->
          throw new IllegalArgumentException(
              "layer '%s' has a variable '%s', for which Keras's first values are not known here"
                  .formatted(layer, variable));
    }
    return Weights.view(shape, FloatBuffer.wrap(values));
  }

  /**
   * The largest absolute value in a kernel: the root of {@code 6 / (fan in + fan out)}. As in
   * {@code keras.initializers}' {@code compute_fans}, the last two axes are taken for input and
   * output channels and those before for the window, also in a depthwise kernel, whose last axis is
   * the multiplier.
   */
  static double limit(Shape kernel) {
    int rank = kernel.rank();
    if (rank < 2) {
      throw new IllegalArgumentException("a kernel has 2 axes or more, but here shape " + kernel);
    }
    double input = kernel.extent(rank - 2);
    double output = kernel.extent(rank - 1);
    double window = kernel.size() / (input * output);
    return Math.sqrt(6 / (window * (input + output)));
  }

  private static void uniform(float[] values, double limit, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  private SplittableRandom random(String name) {
    long hash = FNV_BASIS;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
  }
}
