package io.unmask.testkit;

import io.unmask.network.Activation;
import java.util.Arrays;

/** Each activation by its definition, in double precision. */
final class ActivationFunctions implements Activation.CompleteVisitor<Double, Double> {

  private static final ActivationFunctions FUNCTIONS = new ActivationFunctions();

  private ActivationFunctions() {}

  /**
   * Applies an activation.
   *
   * @param y elements {@code [..., channel]}, which are overwritten
   * @param channels the number of channels, over which a softmax is taken
   * @return the elements that it makes of them
   */
  static double[] apply(Activation activation, double[] y, int channels) {
    if (activation instanceof Activation.Softmax) {
      softmax(y, channels);
      return y;
    }
    if (activation instanceof Activation.LogSoftmax) {
      softmax(y, channels);
      return Arrays.stream(y).map(Math::log).toArray();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = activation.accept(FUNCTIONS, y[i]);
    }
    return y;
  }

  @Override
  public Double relu(Activation.Relu relu, Double x) {
    if (x >= relu.maximum()) {
      return relu.maximum();
    }
    return x >= relu.threshold() ? x : relu.negativeSlope() * (x - relu.threshold());
  }

  @Override
  public Double elu(Activation.Elu elu, Double x) {
    return x > 0 ? x : elu.alpha() * Math.expm1(x);
  }

  @Override
  public Double sigmoid(Activation.Sigmoid sigmoid, Double x) {
    return logistic(x);
  }

  @Override
  public Double tanh(Activation.Tanh tanh, Double x) {
    return Math.tanh(x);
  }

  @Override
  public Double swish(Activation.Swish swish, Double x) {
    return x * logistic(x);
  }

  @Override
  public Double gelu(Activation.Gelu gelu, Double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  @Override
  public Double hardSigmoid(Activation.HardSigmoid hard, Double x) {
    return Math.min(Math.max(hard.slope() * x + 0.5, 0), 1);
  }

  @Override
  public Double hardSwish(Activation.HardSwish hardSwish, Double x) {
    return x * Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  @Override
  public Double selu(Activation.Selu selu, Double x) {
    return Activation.Selu.SCALE * (x > 0 ? x : Activation.Selu.ALPHA * Math.expm1(x));
  }

  @Override
  public Double softplus(Activation.Softplus softplus, Double x) {
    return softplus(x);
  }

  @Override
  public Double mish(Activation.Mish mish, Double x) {
    return x * Math.tanh(softplus(x));
  }

  @Override
  public Double exponential(Activation.Exponential exponential, Double x) {
    return Math.exp(x);
  }

  @Override
  public Double hardTanh(Activation.HardTanh hardTanh, Double x) {
    return Math.min(Math.max(x, -1), 1);
  }

  @Override
  public Double softsign(Activation.Softsign softsign, Double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  public Double tanhShrink(Activation.TanhShrink shrink, Double x) {
    return x - Math.tanh(x);
  }

  @Override
  public Double softShrink(Activation.SoftShrink shrink, Double x) {
    return Math.signum(x) * Math.max(Math.abs(x) - shrink.threshold(), 0);
  }

  @Override
  public Double hardShrink(Activation.HardShrink shrink, Double x) {
    return Math.abs(x) > shrink.threshold() ? x : 0;
  }

  @Override
  public Double logSigmoid(Activation.LogSigmoid logSigmoid, Double x) {
    return -softplus(-x);
  }

  @Override
  public Double logSoftmax(Activation.LogSoftmax logSoftmax, Double x) {
    throw new IllegalArgumentException("log_softmax looks at more than one element");
  }

  @Override
  public Double squareplus(Activation.Squareplus squareplus, Double x) {
    return (x + Math.sqrt((x * x) + squareplus.b())) / 2;
  }

  @Override
  public Double sparsePlus(Activation.SparsePlus sparsePlus, Double x) {
    if (x <= -1) {
      return 0.0;
    }
    return x < 1 ? (x + 1) * (x + 1) / 4 : x;
  }

  @Override
  public Double linear(Activation.Linear linear, Double x) {
    return x;
  }

  @Override
  public Double softmax(Activation.Softmax softmax, Double x) {
    throw new IllegalArgumentException("softmax looks at more than one element");
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** The series of Abramowitz and Stegun 7.1.6; all terms have one sign, so that none cancel. */
  private static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x); // to within 1e-16
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void softmax(double[] y, int length) {
    for (int start = 0; start < y.length; start += length) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + length; i++) {
        largest = Math.max(largest, y[i]);
      }
      double sum = 0;
      for (int i = start; i < start + length; i++) {
        y[i] = Math.exp(y[i] - largest);
        sum += y[i];
      }
      for (int i = start; i < start + length; i++) {
        y[i] /= sum;
      }
    }
  }
}
