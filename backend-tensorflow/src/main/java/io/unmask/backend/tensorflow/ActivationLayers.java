package io.unmask.backend.tensorflow;

import io.unmask.network.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Activations as TensorFlow's operations, the fused ones where there are. */
final class ActivationLayers
    implements Activation.CompleteVisitor<Operand<TFloat32>, Operand<TFloat32>> {

  private final Ops ops;
  private final Constants constants;

  ActivationLayers(Ops ops, Constants constants) {
    this.ops = ops;
    this.constants = constants;
  }

  Operand<TFloat32> apply(Activation activation, Operand<TFloat32> x) {
    return activation.accept(this, x);
  }

  @Override
  public Operand<TFloat32> sigmoid(Activation.Sigmoid sigmoid, Operand<TFloat32> x) {
    return ops.math.sigmoid(x);
  }

  @Override
  public Operand<TFloat32> tanh(Activation.Tanh tanh, Operand<TFloat32> x) {
    return ops.math.tanh(x);
  }

  @Override
  public Operand<TFloat32> swish(Activation.Swish swish, Operand<TFloat32> x) {
    return ops.math.mul(x, ops.math.sigmoid(x));
  }

  @Override
  public Operand<TFloat32> softmax(Activation.Softmax softmax, Operand<TFloat32> x) {
    return ops.nn.softmax(x);
  }

  @Override
  public Operand<TFloat32> gelu(Activation.Gelu gelu, Operand<TFloat32> x) {
    Operand<TFloat32> erf = ops.math.erf(ops.math.mul(x, constants.scalar(Math.sqrt(0.5))));
    Operand<TFloat32> half = ops.math.mul(x, constants.scalar(0.5));
    return ops.math.mul(half, ops.math.add(erf, constants.scalar(1)));
  }

  @Override
  public Operand<TFloat32> hardSigmoid(Activation.HardSigmoid hard, Operand<TFloat32> x) {
    return hardSigmoid(hard.slope(), x);
  }

  @Override
  public Operand<TFloat32> hardSwish(Activation.HardSwish hardSwish, Operand<TFloat32> x) {
    return ops.math.mul(x, hardSigmoid(Activation.HardSigmoid.SIXTH, x));
  }

  @Override
  public Operand<TFloat32> selu(Activation.Selu selu, Operand<TFloat32> x) {
    return ops.nn.selu(x);
  }

  @Override
  public Operand<TFloat32> softplus(Activation.Softplus softplus, Operand<TFloat32> x) {
    return ops.math.softplus(x);
  }

  @Override
  public Operand<TFloat32> mish(Activation.Mish mish, Operand<TFloat32> x) {
    return ops.math.mul(x, ops.math.tanh(ops.math.softplus(x)));
  }

  @Override
  public Operand<TFloat32> exponential(Activation.Exponential exponential, Operand<TFloat32> x) {
    return ops.math.exp(x);
  }

  @Override
  public Operand<TFloat32> hardTanh(Activation.HardTanh hardTanh, Operand<TFloat32> x) {
    return clip(x, 1);
  }

  @Override
  public Operand<TFloat32> softsign(Activation.Softsign softsign, Operand<TFloat32> x) {
    return ops.nn.softsign(x);
  }

  @Override
  public Operand<TFloat32> tanhShrink(Activation.TanhShrink shrink, Operand<TFloat32> x) {
    return ops.math.sub(x, ops.math.tanh(x));
  }

  @Override
  public Operand<TFloat32> softShrink(Activation.SoftShrink shrink, Operand<TFloat32> x) {
    return ops.math.sub(x, clip(x, shrink.threshold()));
  }

  @Override
  public Operand<TFloat32> hardShrink(Activation.HardShrink shrink, Operand<TFloat32> x) {
    Operand<TFloat32> threshold = constants.scalar(shrink.threshold());
    return ops.select(ops.math.greater(ops.math.abs(x), threshold), x, ops.zerosLike(x));
  }

  @Override
  public Operand<TFloat32> logSigmoid(Activation.LogSigmoid logSigmoid, Operand<TFloat32> x) {
    return ops.math.neg(ops.math.softplus(ops.math.neg(x)));
  }

  /** Not TensorFlow's operation, whose gradient is that of matrices whatever it reads. */
  @Override
  public Operand<TFloat32> logSoftmax(Activation.LogSoftmax logSoftmax, Operand<TFloat32> x) {
    Operand<TFloat32> largest = ops.reduceMax(x, ops.array(-1), ReduceMax.keepDims(true));
    Operand<TFloat32> below = ops.math.sub(x, ops.stopGradient(largest));
    Operand<TFloat32> sum = ops.sum(ops.math.exp(below), ops.array(-1), Sum.keepDims(true));
    return ops.math.sub(below, ops.math.log(sum));
  }

  @Override
  public Operand<TFloat32> squareplus(Activation.Squareplus squareplus, Operand<TFloat32> x) {
    Operand<TFloat32> raised = ops.math.add(ops.math.square(x), constants.scalar(squareplus.b()));
    return ops.math.mul(ops.math.add(x, ops.math.sqrt(raised)), constants.scalar(0.5));
  }

  @Override
  public Operand<TFloat32> sparsePlus(Activation.SparsePlus sparsePlus, Operand<TFloat32> x) {
    Operand<TFloat32> bend = ops.math.square(hardSigmoid(Activation.HardSigmoid.HALF, x));
    return ops.math.add(bend, ops.nn.relu(ops.math.sub(x, constants.scalar(1))));
  }

  /** Cut off at a bound and its negative. */
  private Operand<TFloat32> clip(Operand<TFloat32> x, double bound) {
    Operand<TFloat32> low = ops.math.maximum(x, constants.scalar(-bound));
    return ops.math.minimum(low, constants.scalar(bound));
  }

  @Override
  public Operand<TFloat32> linear(Activation.Linear linear, Operand<TFloat32> x) {
    return x;
  }

  private Operand<TFloat32> hardSigmoid(double slope, Operand<TFloat32> x) {
    Operand<TFloat32> line =
        ops.math.add(ops.math.mul(x, constants.scalar(slope)), constants.scalar(0.5));
    return ops.math.minimum(ops.nn.relu(line), constants.scalar(1));
  }

  @Override
  public Operand<TFloat32> relu(Activation.Relu relu, Operand<TFloat32> x) {
    boolean bounded = relu.maximum() != Double.POSITIVE_INFINITY;
    if (relu.threshold() == 0 && relu.negativeSlope() == 0) {
      if (relu.maximum() == 6) {
        return ops.nn.relu6(x);
      }
      Operand<TFloat32> open = ops.nn.relu(x);
      return bounded ? ops.math.minimum(open, constants.scalar(relu.maximum())) : open;
    }
    if (relu.threshold() == 0
        && !bounded
        && relu.negativeSlope() > 0
        && relu.negativeSlope() <= 1) {
      return ops.nn.leakyRelu(x, LeakyRelu.alpha((float) relu.negativeSlope()));
    }
    Operand<TFloat32> threshold = constants.scalar(relu.threshold());
    Operand<TFloat32> below =
        relu.negativeSlope() == 0
            ? ops.zerosLike(x)
            : ops.math.mul(ops.math.sub(x, threshold), constants.scalar(relu.negativeSlope()));
    Operand<TFloat32> open = ops.select(ops.math.greaterEqual(x, threshold), x, below);
    if (!bounded) {
      return open;
    }
    Operand<TFloat32> maximum = constants.scalar(relu.maximum());
    return ops.select(ops.math.greaterEqual(x, maximum), maximum, open);
  }

  @Override
  public Operand<TFloat32> elu(Activation.Elu elu, Operand<TFloat32> x) {
    Operand<TFloat32> unit = ops.nn.elu(x);
    if (elu.alpha() == 1) {
      return unit;
    }
    Operand<TFloat32> scaled = ops.math.mul(unit, constants.scalar(elu.alpha()));
    return ops.select(ops.math.greater(x, constants.scalar(0)), x, scaled);
  }
}
