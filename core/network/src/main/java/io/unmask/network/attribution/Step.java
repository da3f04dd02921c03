package io.unmask.network.attribution;

import io.unmask.network.Activation;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer behind the last feature maps. Around the values of one image it is linear: it multiplies
 * and adds, and what it multiplies by may depend on which side of a rectifier's corner a value is.
 */
sealed interface Step {

  /** What comes out. */
  double[] value(List<double[]> inputs);

  /**
   * From a weighted sum of what comes out to one of what goes in.
   *
   * @param weights of the elements that come out
   * @param inputs what goes in
   */
  Pulled pull(double[] weights, List<double[]> inputs);

  /** The same elements as those that go in. */
  default boolean keepsElements() {
    return false;
  }

  /** A weighted sum of what goes in. */
  final class Pulled {

    private final List<double[]> weights;
    private final double constant;
    private final double @Nullable [] centre;

    /**
     * Takes the arrays over.
     *
     * @param weights of each input's elements
     * @param constant what is added
     * @param centre what the only input is on average, if the layer knows
     */
    Pulled(List<double[]> weights, double constant, double @Nullable [] centre) {
      this.weights = weights;
      this.constant = constant;
      this.centre = centre;
    }

    Pulled(List<double[]> weights, double constant) {
      this(weights, constant, null);
    }

    List<double[]> weights() {
      return weights;
    }

    double constant() {
      return constant;
    }

    double @Nullable [] centre() {
      return centre;
    }
  }

  /** A matrix product. */
  record Product(Weights kernel, @Nullable Weights bias) implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      double[] x = inputs.get(0);
      float[] matrix = kernel.toArray();
      double[] y = new double[matrix.length / x.length];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < y.length; j++) {
          y[j] += x[i] * matrix[i * y.length + j];
        }
      }
      if (bias != null) {
        float[] added = bias.toArray();
        for (int j = 0; j < y.length; j++) {
          y[j] += added[j];
        }
      }
      return y;
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      float[] matrix = kernel.toArray();
      double[] pulled = new double[inputs.get(0).length];
      for (int i = 0; i < pulled.length; i++) {
        for (int j = 0; j < weights.length; j++) {
          pulled[i] += matrix[i * weights.length + j] * weights[j];
        }
      }
      double constant = 0;
      if (bias != null) {
        float[] added = bias.toArray();
        for (int j = 0; j < weights.length; j++) {
          constant += weights[j] * added[j];
        }
      }
      return new Pulled(List.of(pulled), constant);
    }
  }

  /** A factor and an offset for each element, or one of each for all. */
  final class Scaling implements Step {

    private final double[] factors;
    private final double[] offsets;
    private final double @Nullable [] centre;

    /**
     * Takes the arrays over.
     *
     * @param centre what the input is on average, if that is known
     */
    Scaling(double[] factors, double[] offsets, double @Nullable [] centre) {
      this.factors = factors;
      this.offsets = offsets;
      this.centre = centre;
    }

    @Override
    public double[] value(List<double[]> inputs) {
      double[] y = inputs.get(0).clone();
      for (int i = 0; i < y.length; i++) {
        y[i] = y[i] * factors[i % factors.length] + offsets[i % offsets.length];
      }
      return y;
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      double[] pulled = weights.clone();
      double constant = 0;
      for (int i = 0; i < pulled.length; i++) {
        pulled[i] *= factors[i % factors.length];
        constant += weights[i] * offsets[i % offsets.length];
      }
      return new Pulled(List.of(pulled), constant, centre);
    }
  }

  /** Nothing: dropout, or another shape. */
  record Same() implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      return inputs.get(0);
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      return new Pulled(List.of(weights), 0);
    }

    @Override
    public boolean keepsElements() {
      return true;
    }
  }

  /** The inputs behind each other. */
  record Joined() implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      double[] all = new double[inputs.stream().mapToInt(input -> input.length).sum()];
      int end = 0;
      for (double[] input : inputs) {
        System.arraycopy(input, 0, all, end, input.length);
        end += input.length;
      }
      return all;
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      return new Pulled(split(weights, inputs), 0);
    }

    @Override
    public boolean keepsElements() {
      return true;
    }
  }

  /** The sum of inputs of the same shape. */
  record Sum() implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      double[] sum = inputs.get(0).clone();
      for (double[] input : inputs.subList(1, inputs.size())) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += input[i];
        }
      }
      return sum;
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      return new Pulled(inputs.stream().map(input -> weights).toList(), 0);
    }
  }

  /** A rectifier: around any value but its corners it is linear. */
  record Rectifier(Activation.Relu relu) implements Step {

    private double slope(double x) {
      if (x >= relu.maximum()) {
        return 0;
      }
      return x >= relu.threshold() ? 1 : relu.negativeSlope();
    }

    private double offset(double x) {
      if (x >= relu.maximum()) {
        return relu.maximum();
      }
      return x >= relu.threshold() ? 0 : -relu.negativeSlope() * relu.threshold();
    }

    @Override
    public double[] value(List<double[]> inputs) {
      double[] y = inputs.get(0).clone();
      for (int i = 0; i < y.length; i++) {
        y[i] = slope(y[i]) * y[i] + offset(y[i]);
      }
      return y;
    }

    @Override
    public Pulled pull(double[] weights, List<double[]> inputs) {
      double[] x = inputs.get(0);
      double[] pulled = weights.clone();
      double constant = 0;
      for (int i = 0; i < x.length; i++) {
        pulled[i] *= slope(x[i]);
        constant += weights[i] * offset(x[i]);
      }
      return new Pulled(List.of(pulled), constant);
    }
  }

  /** The parts of a vector that belong to the inputs that were put behind each other. */
  static List<double[]> split(double[] all, List<double[]> inputs) {
    List<double[]> parts = new ArrayList<>();
    int start = 0;
    for (double[] input : inputs) {
      double[] part = new double[input.length];
      System.arraycopy(all, start, part, 0, part.length);
      parts.add(part);
      start += part.length;
    }
    return parts;
  }
}
