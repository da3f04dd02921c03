package io.unmask.testkit;

import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.WeightInitializer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Weights by the formula in {@code make_golden.py}, so that the full-size networks can be compared
 * with Keras's answers in {@code full_size.json} without their files: a hash of the index and of
 * the variable's name, scaled by the variable's kind.
 *
 * @param lastLayer the layer whose kernel is multiplied and whose bias is a constant
 * @param kernelFactor what that kernel is multiplied by
 * @param bias that constant
 */
public record FormulaWeights(String lastLayer, double kernelFactor, double bias)
    implements WeightInitializer {

  private static final long MASK = 0xffffffffL;

  @Override
  public Weights create(String layer, String variable, Shape shape) {
    String name = layer.substring(layer.lastIndexOf('/') + 1);
    boolean last = name.equals(lastLayer);
    float[] values = new float[shape.size()];
    if (last && variable.equals("bias")) {
      Arrays.fill(values, (float) bias);
      return Weights.view(shape, FloatBuffer.wrap(values));
    }
    CRC32 crc = new CRC32();
    crc.update((name + "/" + variable).getBytes(StandardCharsets.UTF_8));
    long seed = crc.getValue() * 40503L;
    double range = range(variable, shape);
    double factor = last && variable.equals("kernel") ? kernelFactor : 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (value(variable, range, random(i, seed)) * factor);
    }
    return Weights.view(shape, FloatBuffer.wrap(values));
  }

  private static double random(long i, long seed) {
    long u = (i * 2654435761L + seed) & MASK;
    u ^= u >>> 15;
    u = (u * 2246822519L) & MASK;
    u ^= u >>> 13;
    return (u >>> 8) / 16777216.0;
  }

  private static double range(String variable, Shape shape) {
    if (variable.equals("depthwise_kernel")) {
      return Math.sqrt(3.0 / (shape.extent(0) * shape.extent(1)));
    }
    int fanIn = shape.size() / shape.channels();
    return Math.sqrt(6.0 / fanIn);
  }

  private static double value(String variable, double range, double r) {
    return switch (variable) {
      case "kernel", "pointwise_kernel", "depthwise_kernel" -> (2 * r - 1) * range;
      case "gamma" -> 0.8 + 0.4 * r;
      case "beta" -> 0.4 * r - 0.2;
      case "moving_mean", "bias" -> 0.2 * r - 0.1;
      case "moving_variance" -> 0.5 + r;
      default -> throw new IllegalArgumentException(variable);
    };
  }
}
