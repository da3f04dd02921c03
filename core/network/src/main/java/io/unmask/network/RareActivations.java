package io.unmask.network;

/**
 * Activations that few networks have. Each is a member of {@link Activation} too. The formulas are
 * those of Keras 3 ({@code keras.activations}).
 */
public interface RareActivations {

  /** Any of these. */
  sealed interface RareActivation extends Activation {}

  /**
   * A method for each of these, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends ActivationFallback<C, R> {
    /** Visits a {@link HardTanh}. */
    default R hardTanh(HardTanh activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Softsign}. */
    default R softsign(Softsign activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link TanhShrink}. */
    default R tanhShrink(TanhShrink activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link SoftShrink}. */
    default R softShrink(SoftShrink activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link HardShrink}. */
    default R hardShrink(HardShrink activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link LogSigmoid}. */
    default R logSigmoid(LogSigmoid activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link LogSoftmax}. */
    default R logSoftmax(LogSoftmax activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link Squareplus}. */
    default R squareplus(Squareplus activation, C context) {
      return other(activation, context);
    }

    /** Visits a {@link SparsePlus}. */
    default R sparsePlus(SparsePlus activation, C context) {
      return other(activation, context);
    }
  }

  /**
   * A visitor that cannot forget an activation: the compiler complains.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface CompleteVisitor<C, R> extends Visitor<C, R> {
    @Override
    R hardTanh(HardTanh activation, C context);

    @Override
    R softsign(Softsign activation, C context);

    @Override
    R tanhShrink(TanhShrink activation, C context);

    @Override
    R softShrink(SoftShrink activation, C context);

    @Override
    R hardShrink(HardShrink activation, C context);

    @Override
    R logSigmoid(LogSigmoid activation, C context);

    @Override
    R logSoftmax(LogSoftmax activation, C context);

    @Override
    R squareplus(Squareplus activation, C context);

    @Override
    R sparsePlus(SparsePlus activation, C context);
  }

  /** {@code x}, cut off at -1 and 1. */
  record HardTanh() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.hardTanh(this, context);
    }
  }

  /** {@code x / (1 + |x|)}. */
  record Softsign() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.softsign(this, context);
    }
  }

  /** {@code x - tanh(x)}. */
  record TanhShrink() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.tanhShrink(this, context);
    }
  }

  /**
   * {@code x} moved towards 0 by the threshold, and 0 where it is nearer to 0 than that.
   *
   * @param threshold at least 0 and finite; 0.5 where Keras names the function only
   */
  record SoftShrink(double threshold) implements RareActivation {
    /** What Keras takes unless it is told otherwise. */
    public static final double DEFAULT = 0.5;

    /** Checks the range. */
    public SoftShrink {
      requireMeasure("threshold", threshold);
    }

    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.softShrink(this, context);
    }
  }

  /**
   * {@code x}, but 0 for {@code |x| <= threshold}.
   *
   * @param threshold at least 0 and finite; 0.5 where Keras names the function only
   */
  record HardShrink(double threshold) implements RareActivation {
    /** What Keras takes unless it is told otherwise. */
    public static final double DEFAULT = 0.5;

    /** Checks the range. */
    public HardShrink {
      requireMeasure("threshold", threshold);
    }

    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.hardShrink(this, context);
    }
  }

  /** The logarithm of the logistic function, {@code -log(1 + exp(-x))}. */
  record LogSigmoid() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.logSigmoid(this, context);
    }
  }

  /** The logarithm of {@link Activation.Softmax}, along the last axis. */
  record LogSoftmax() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.logSoftmax(this, context);
    }
  }

  /**
   * {@code (x + sqrt(x * x + b)) / 2}; arXiv:2112.11687.
   *
   * @param b at least 0 and finite; 4 where Keras names the function only
   */
  record Squareplus(double b) implements RareActivation {
    /** What Keras takes unless it is told otherwise. */
    public static final double DEFAULT = 4;

    /** Checks the range. */
    public Squareplus {
      requireMeasure("b", b);
    }

    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.squareplus(this, context);
    }
  }

  /** 0 up to -1, {@code (x + 1)^2 / 4} from there to 1, and {@code x} beyond. */
  record SparsePlus() implements RareActivation {
    @Override
    public <C, R> R accept(Activation.Visitor<C, R> visitor, C context) {
      return visitor.sparsePlus(this, context);
    }
  }

  private static void requireMeasure(String name, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is at least 0 and finite, not " + value);
    }
  }
}
