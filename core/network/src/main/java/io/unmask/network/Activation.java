package io.unmask.network;

/**
 * A function applied to every element of a feature map, except {@link Softmax}, which works along
 * the last axis. The formulas are those of Keras 3 ({@code keras.activations}).
 */
public sealed interface Activation {

  /** The identity. */
  record Linear() implements Activation {}

  /**
   * The rectifier and its variants: {@code maximum} for {@code x >= maximum}, {@code x} for {@code
   * threshold <= x < maximum}, and {@code negativeSlope * (x - threshold)} below.
   *
   * @param negativeSlope the slope below the threshold, finite
   * @param maximum the ceiling, {@link Double#POSITIVE_INFINITY} for none
   * @param threshold where the rectifier opens, finite
   */
  record Relu(double negativeSlope, double maximum, double threshold) implements Activation {
    /** Checks the ranges. */
    public Relu {
      if (!Double.isFinite(negativeSlope) || !Double.isFinite(threshold) || !(maximum >= 0)) {
        throw new IllegalArgumentException(
            "ReLU needs a finite slope and threshold and a maximum of at least 0, not "
                + negativeSlope
                + ", "
                + threshold
                + ", "
                + maximum);
      }
    }
  }

  /**
   * {@code x} for {@code x > 0}, {@code alpha * (exp(x) - 1)} below.
   *
   * @param alpha the value approached from above, negated
   */
  record Elu(double alpha) implements Activation {}

  /** The logistic function, {@code 1 / (1 + exp(-x))}. */
  record Sigmoid() implements Activation {}

  /** The hyperbolic tangent. */
  record Tanh() implements Activation {}

  /** {@code x * sigmoid(x)}, also called SiLU. */
  record Swish() implements Activation {}

  /** {@code x * (1 + erf(x / sqrt(2))) / 2}, exactly; the formula with tanh is another. */
  record Gelu() implements Activation {}

  /**
   * {@code slope * x + 0.5}, cut off at 0 and 1.
   *
   * @param slope 1/6 in Keras 3, 0.2 in Keras 2
   */
  record HardSigmoid(double slope) implements Activation {
    /** Keras 3's. */
    public static final double SIXTH = 1.0 / 6;

    /** Checks the range. */
    public HardSigmoid {
      if (!(slope > 0) || !Double.isFinite(slope)) {
        throw new IllegalArgumentException("a slope is above 0 and finite, not " + slope);
      }
    }
  }

  /** {@code x} times Keras 3's {@link HardSigmoid}, also called hard swish. */
  record HardSwish() implements Activation {}

  /** {@code SCALE * x} for {@code x > 0}, {@code SCALE * ALPHA * (exp(x) - 1)} below. */
  record Selu() implements Activation {
    /** The value approached from above, negated, before scaling; arXiv:1706.02515. */
    public static final double ALPHA = 1.6732632423543772;

    /** What everything is multiplied by. */
    public static final double SCALE = 1.0507009873554805;
  }

  /** {@code log(1 + exp(x))}. */
  record Softplus() implements Activation {}

  /** {@code x * tanh(log(1 + exp(x)))}. */
  record Mish() implements Activation {}

  /** {@code exp(x)}. */
  record Exponential() implements Activation {}

  /** {@code exp(x)} divided by its sum along the last axis. */
  record Softmax() implements Activation {}

  /** True for the identity. */
  default boolean isLinear() {
    return this instanceof Linear;
  }
}
