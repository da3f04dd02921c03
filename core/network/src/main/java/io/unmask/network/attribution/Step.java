package io.unmask.network.attribution;

import io.unmask.network.Activation;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer behind the last feature maps. Around the values of one image it is linear: it multiplies
 * and adds, and what it multiplies by may depend on the image: on which side of a rectifier's
 * corner a value is, or on what a matrix is multiplied by.
 */
sealed interface Step {

  /** What comes out. */
  double[] value(List<double[]> inputs);

  /**
   * From a weighted sum of what comes out to one of what goes in.
   *
   * @param sum of the elements that come out
   * @param inputs what goes in
   */
  Pulled pull(WeightedSum sum, List<double[]> inputs);

  /**
   * Weighted sums of what goes in.
   *
   * @param sums one for each input
   * @param constant what is added
   */
  record Pulled(List<WeightedSum> sums, double constant) {}

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
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      double[] weights = sum.weights();
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
      return new Pulled(List.of(new WeightedSum(pulled)), constant);
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
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      double[] weights = sum.weights();
      double[] pulled = weights.clone();
      double constant = 0;
      for (int i = 0; i < pulled.length; i++) {
        pulled[i] *= factors[i % factors.length];
        constant += weights[i] * offsets[i % offsets.length];
      }
      return new Pulled(List.of(new WeightedSum(pulled, usual(sum, pulled))), constant);
    }

    private double @Nullable [] usual(WeightedSum sum, double[] pulled) {
      double[] usual = new double[pulled.length];
      if (centre != null) {
        Arrays.setAll(usual, i -> pulled[i] * centre[i % centre.length]);
        return usual;
      }
      double @Nullable [] known = sum.usual();
      if (known == null) {
        return null;
      }
      Arrays.setAll(usual, i -> known[i] - sum.weights()[i] * offsets[i % offsets.length]);
      return usual;
    }
  }

  /** Nothing: dropout, or another shape. */
  record Same() implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      return inputs.get(0);
    }

    @Override
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      return new Pulled(List.of(sum), 0);
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
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      List<WeightedSum> parts = new ArrayList<>();
      int start = 0;
      for (double[] input : inputs) {
        parts.add(sum.part(start, input.length));
        start += input.length;
      }
      return new Pulled(parts, 0);
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
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      double @Nullable [] usual = sum.usual();
      double @Nullable [] share =
          usual == null ? null : Arrays.stream(usual).map(u -> u / inputs.size()).toArray();
      WeightedSum each = new WeightedSum(sum.weights(), share);
      return new Pulled(inputs.stream().map(input -> each).toList(), 0);
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
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      double[] weights = sum.weights();
      double[] x = inputs.get(0);
      double[] pulled = weights.clone();
      double constant = 0;
      for (int i = 0; i < x.length; i++) {
        pulled[i] *= slope(x[i]);
        constant += weights[i] * offset(x[i]);
      }
      return new Pulled(List.of(new WeightedSum(pulled)), constant);
    }
  }

  /**
   * Products of two inputs that consist of matrices. In the share of each the other stays as it is,
   * and each has half.
   *
   * @param matrices how many products
   * @param rows of the first
   * @param inner columns of the first and rows of the second
   * @param columns of the second
   */
  record MatrixProducts(int matrices, int rows, int inner, int columns) implements Step {

    @Override
    public double[] value(List<double[]> inputs) {
      double[] y = new double[matrices * rows * columns];
      for (int row = 0; row < matrices * rows; row++) {
        for (int i = 0; i < inner; i++) {
          double x = inputs.get(0)[row * inner + i];
          int other = (row / rows * inner + i) * columns;
          for (int column = 0; column < columns; column++) {
            y[row * columns + column] += x * inputs.get(1)[other + column];
          }
        }
      }
      return y;
    }

    @Override
    public Pulled pull(WeightedSum sum, List<double[]> inputs) {
      double[] left = inputs.get(0);
      double[] right = inputs.get(1);
      double[] ofLeft = new double[left.length];
      double[] ofRight = new double[right.length];
      for (int row = 0; row < matrices * rows; row++) {
        for (int i = 0; i < inner; i++) {
          int other = (row / rows * inner + i) * columns;
          for (int column = 0; column < columns; column++) {
            double half = sum.weights()[row * columns + column] / 2;
            ofLeft[row * inner + i] += half * right[other + column];
            ofRight[other + column] += half * left[row * inner + i];
          }
        }
      }
      return new Pulled(
          List.of(
              new WeightedSum(ofLeft, halfOf(sum.usual(), left.length)),
              new WeightedSum(ofRight, halfOf(sum.usual(), right.length))),
          0);
    }

    /** Half of what is usual in each product, evenly over the elements of a matrix of it. */
    private double @Nullable [] halfOf(double @Nullable [] usual, int size) {
      if (usual == null) {
        return null;
      }
      double[] spread = new double[size];
      for (int i = 0; i < usual.length; i++) {
        spread[i / (rows * columns)] += usual[i]; // each matrix's, at the front
      }
      int elements = size / matrices;
      for (int i = size - 1; i >= 0; i--) {
        spread[i] = spread[i / elements] / 2 / elements;
      }
      return spread;
    }
  }
}
