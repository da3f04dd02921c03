package io.unmask.benchmarks;

import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Random weights, the same in every run, scaled so that the probabilities of {@link Images} do not
 * run to their limits. What a network has learned does not change how long it takes.
 */
final class SampleWeights implements WeightInitializer {

  private final int trunk;
  private final int head;

  /** Weights that differ with two seeds. */
  SampleWeights(int trunk, int head) {
    this.trunk = trunk;
    this.head = head;
  }

  /** What the random weights of the last layer are divided by. */
  private static final double LAST_DIVISOR = 8;

  private static final float LAST_BIAS = 16;

  /** The reference's Xception classifier with such weights. */
  static Network xception() {
    return xception(0, 0);
  }

  /**
   * Likewise with other weights.
   *
   * @param trunk a seed for the trunk's weights
   * @param head a seed for the other layers'
   */
  static Network xception(int trunk, int head) {
    return XceptionClassifier.reference().build(new SampleWeights(trunk, head));
  }

  @Override
  public Weights create(String layer, String variable, Shape shape) {
    boolean last = layer.equals("output_layer");
    Random random = new Random(31L * layer.hashCode() + variable.hashCode() + 1009L * seed(layer));
    int reads = shape.size() / shape.channels();
    return switch (variable) {
      case "kernel" ->
          normal(random, 2.0 / reads / (last ? LAST_DIVISOR * LAST_DIVISOR : 1), shape);
      case "depthwise_kernel" -> normal(random, 2.0 / (shape.extent(0) * shape.extent(1)), shape);
      case "pointwise_kernel" -> normal(random, 1.0 / reads, shape);
      case "beta" -> normal(random, 0.01, shape);
      case "gamma", "moving_variance" -> constant(1, shape);
      case "bias" -> constant(last ? LAST_BIAS : 0, shape);
      default -> constant(0, shape);
    };
  }

  private int seed(String layer) {
    return layer.startsWith(XceptionClassifier.TRUNK_PREFIX) ? trunk : head;
  }

  private static Weights normal(Random random, double variance, Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.sqrt(variance));
    }
    return Weights.view(shape, FloatBuffer.wrap(values));
  }

  private static Weights constant(float value, Shape shape) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return Weights.view(shape, FloatBuffer.wrap(values));
  }
}
