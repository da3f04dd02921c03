package io.unmask.backend.tensorflow;

import io.unmask.network.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Activations as TensorFlow's operations, the fused ones where there are. */
final class ActivationLayers {

  private final Ops ops;
  private final Constants constants;

  ActivationLayers(Ops ops, Constants constants) {
    this.ops = ops;
    this.constants = constants;
  }

  Operand<TFloat32> apply(Activation activation, Operand<TFloat32> x) {
    if (activation instanceof Activation.Relu relu) {
      return relu(relu, x);
    } else if (activation instanceof Activation.Elu elu) {
      return elu(elu, x);
    } else if (activation instanceof Activation.Sigmoid) {
      return ops.math.sigmoid(x);
    } else if (activation instanceof Activation.Tanh) {
      return ops.math.tanh(x);
    } else if (activation instanceof Activation.Swish) {
      return ops.math.mul(x, ops.math.sigmoid(x));
    } else if (activation instanceof Activation.Softmax) {
      return ops.nn.softmax(x);
    } else if (activation instanceof Activation.Gelu) {
      Operand<TFloat32> erf = ops.math.erf(ops.math.mul(x, constants.scalar(Math.sqrt(0.5))));
      Operand<TFloat32> half = ops.math.mul(x, constants.scalar(0.5));
      return ops.math.mul(half, ops.math.add(erf, constants.scalar(1)));
    } else if (activation instanceof Activation.HardSigmoid hard) {
      return hardSigmoid(hard.slope(), x);
    } else if (activation instanceof Activation.HardSwish) {
      return ops.math.mul(x, hardSigmoid(Activation.HardSigmoid.SIXTH, x));
    } else if (activation instanceof Activation.Selu) {
      return ops.nn.selu(x);
    } else if (activation instanceof Activation.Softplus) {
      return ops.math.softplus(x);
    } else if (activation instanceof Activation.Mish) {
      return ops.math.mul(x, ops.math.tanh(ops.math.softplus(x)));
    } else if (activation instanceof Activation.Exponential) {
      return ops.math.exp(x);
    } else if (activation instanceof Activation.Linear) {
      return x;
    }
    throw new IllegalArgumentException("an unknown activation, " + activation);
  }

  private Operand<TFloat32> hardSigmoid(double slope, Operand<TFloat32> x) {
    Operand<TFloat32> line =
        ops.math.add(ops.math.mul(x, constants.scalar(slope)), constants.scalar(0.5));
    return ops.math.minimum(ops.nn.relu(line), constants.scalar(1));
  }

  private Operand<TFloat32> relu(Activation.Relu relu, Operand<TFloat32> x) {
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

  private Operand<TFloat32> elu(Activation.Elu elu, Operand<TFloat32> x) {
    Operand<TFloat32> unit = ops.nn.elu(x);
    if (elu.alpha() == 1) {
      return unit;
    }
    Operand<TFloat32> scaled = ops.math.mul(unit, constants.scalar(elu.alpha()));
    return ops.select(ops.math.greater(x, constants.scalar(0)), x, scaled);
  }
}
