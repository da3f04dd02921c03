package io.unmask.network;

/**
 * A function applied to every element of a feature map, except {@link Softmax} and {@link
 * RareActivations.LogSoftmax}, which work along the last axis. The formulas are those of Keras 3
 * ({@code keras.activations}).
 */
public sealed interface Activation extends RareActivations
    permits Activation.Linear,
        Activation.Relu,
        Activation.Elu,
        Activation.Sigmoid,
        Activation.Tanh,
        Activation.Swish,
        Activation.Gelu,
        Activation.HardSigmoid,
        Activation.HardSwish,
        Activation.Selu,
        Activation.Softplus,
        Activation.Mish,
        Activation.Exponential,
        Activation.Softmax,
        RareActivations.RareActivation {

  /** Calls the visitor's method for this activation. */
  <C, R> R accept(Visitor<C, R> visitor, C context);

  /** The identity. */
  record Linear() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.linear(this, context);
    }
  }

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

    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.relu(this, context);
    }
  }

  /**
   * {@code x} for {@code x > 0}, {@code alpha * (exp(x) - 1)} below.
   *
   * @param alpha the value approached from above, negated
   */
  record Elu(double alpha) implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.elu(this, context);
    }
  }

  /** The logistic function, {@code 1 / (1 + exp(-x))}. */
  record Sigmoid() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.sigmoid(this, context);
    }
  }

  /** The hyperbolic tangent. */
  record Tanh() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.tanh(this, context);
    }
  }

  /** {@code x * sigmoid(x)}, also called SiLU. */
  record Swish() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.swish(this, context);
    }
  }

  /** {@code x * (1 + erf(x / sqrt(2))) / 2}, exactly; the formula with tanh is another. */
  record Gelu() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.gelu(this, context);
    }
  }

  /**
   * {@code slope * x + 0.5}, cut off at 0 and 1.
   *
   * @param slope 1/6 in Keras 3, 0.2 in Keras 2; 1/2 for {@code sparse_sigmoid}
   */
  record HardSigmoid(double slope) implements Activation {
    /** Keras 3's. */
    public static final double SIXTH = 1.0 / 6;

    /** That of {@code sparse_sigmoid}. */
    public static final double HALF = 0.5;

    /** Checks the range. */
    public HardSigmoid {
      if (!(slope > 0) || !Double.isFinite(slope)) {
        throw new IllegalArgumentException("a slope is above 0 and finite, not " + slope);
      }
    }

    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.hardSigmoid(this, context);
    }
  }

  /** {@code x} times Keras 3's {@link HardSigmoid}, also called hard swish. */
  record HardSwish() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.hardSwish(this, context);
    }
  }

  /** {@code SCALE * x} for {@code x > 0}, {@code SCALE * ALPHA * (exp(x) - 1)} below. */
  record Selu() implements Activation {
    /** The value approached from above, negated, before scaling; arXiv:1706.02515. */
    public static final double ALPHA = 1.6732632423543772;

    /** What everything is multiplied by. */
    public static final double SCALE = 1.0507009873554805;

    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.selu(this, context);
    }
  }

  /** {@code log(1 + exp(x))}. */
  record Softplus() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.softplus(this, context);
    }
  }

  /** {@code x * tanh(log(1 + exp(x)))}. */
  record Mish() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.mish(this, context);
    }
  }

  /** {@code exp(x)}. */
  record Exponential() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.exponential(this, context);
    }
  }

  /** {@code exp(x)} divided by its sum along the last axis. */
  record Softmax() implements Activation {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.softmax(this, context);
    }
  }

  /** True for the identity. */
  default boolean isLinear() {
    return this instanceof Linear;
  }

  /**
   * One method for each activation. One that is added later has a method too, which refuses it by
   * name. Those that must know all implement {@link CompleteVisitor}.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends RareActivations.Visitor<C, R> {
    /** Visits a {@link Linear}. */
    default R linear(Linear activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Relu}. */
    default R relu(Relu activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Elu}. */
    default R elu(Elu activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Sigmoid}. */
    default R sigmoid(Sigmoid activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Tanh}. */
    default R tanh(Tanh activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Swish}. */
    default R swish(Swish activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Gelu}. */
    default R gelu(Gelu activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link HardSigmoid}. */
    default R hardSigmoid(HardSigmoid activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link HardSwish}. */
    default R hardSwish(HardSwish activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Selu}. */
    default R selu(Selu activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Softplus}. */
    default R softplus(Softplus activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Mish}. */
    default R mish(Mish activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Exponential}. */
    default R exponential(Exponential activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Softmax}. */
    default R softmax(Softmax activation, C context) {
      return other(activation, context);
    }
  }

  /**
   * A visitor that cannot forget an activation: the compiler complains.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface CompleteVisitor<C, R> extends Visitor<C, R>, RareActivations.CompleteVisitor<C, R> {
    @Override
    R linear(Linear activation, C context);

    @Override
    R relu(Relu activation, C context);

    @Override
    R elu(Elu activation, C context);

    @Override
    R sigmoid(Sigmoid activation, C context);

    @Override
    R tanh(Tanh activation, C context);

    @Override
    R swish(Swish activation, C context);

    @Override
    R gelu(Gelu activation, C context);

    @Override
    R hardSigmoid(HardSigmoid activation, C context);

    @Override
    R hardSwish(HardSwish activation, C context);

    @Override
    R selu(Selu activation, C context);

    @Override
    R softplus(Softplus activation, C context);

    @Override
    R mish(Mish activation, C context);

    @Override
    R exponential(Exponential activation, C context);

    @Override
    R softmax(Softmax activation, C context);
  }
}
