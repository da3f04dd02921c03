package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Activation.Elu;
import io.unmask.network.Activation.Exponential;
import io.unmask.network.Activation.Gelu;
import io.unmask.network.Activation.HardSigmoid;
import io.unmask.network.Activation.HardSwish;
import io.unmask.network.Activation.Mish;
import io.unmask.network.Activation.Relu;
import io.unmask.network.Activation.Selu;
import io.unmask.network.Activation.Sigmoid;
import io.unmask.network.Activation.Softmax;
import io.unmask.network.Activation.Softplus;
import io.unmask.network.Activation.Swish;
import io.unmask.network.Activation.Tanh;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * One of oneDNN's element-wise functions; an activation is one of them or several in a row.
 *
 * @param function its number in oneDNN
 * @param alpha its first parameter
 * @param beta its second
 */
record Eltwise(int function, float alpha, float beta) {

  /** Whether {@link #of} can express the activation. */
  static boolean fits(Activation activation) {
    if (activation instanceof Relu relu) {
      boolean capped = relu.maximum() != Double.POSITIVE_INFINITY;
      return relu.threshold() == 0 && !(capped && relu.negativeSlope() != 0);
    }
    return !(activation instanceof Softmax) && !activation.isLinear();
  }

  /** The functions, one behind the other, for an activation that {@link #fits}. */
  static List<Eltwise> of(Activation activation) {
    return activation instanceof Selu
        ? List.of(
            new Eltwise(dnnl.dnnl_eltwise_elu, (float) Selu.ALPHA, 0),
            new Eltwise(dnnl.dnnl_eltwise_linear, (float) Selu.SCALE, 0))
        : List.of(one(activation));
  }

  private static Eltwise one(Activation activation) {
    if (activation instanceof Relu relu) {
      return relu.maximum() == Double.POSITIVE_INFINITY
          ? new Eltwise(dnnl.dnnl_eltwise_relu, (float) relu.negativeSlope(), 0)
          : new Eltwise(dnnl.dnnl_eltwise_clip, 0, (float) relu.maximum());
    }
    if (activation instanceof Elu elu) {
      return new Eltwise(dnnl.dnnl_eltwise_elu, (float) elu.alpha(), 0);
    }
    if (activation instanceof Sigmoid) {
      return new Eltwise(dnnl.dnnl_eltwise_logistic, 0, 0);
    }
    if (activation instanceof Tanh) {
      return new Eltwise(dnnl.dnnl_eltwise_tanh, 0, 0);
    }
    if (activation instanceof Swish) {
      return new Eltwise(dnnl.dnnl_eltwise_swish, 1, 0);
    }
    if (activation instanceof Gelu) {
      return new Eltwise(dnnl.dnnl_eltwise_gelu_erf, 0, 0);
    }
    if (activation instanceof HardSigmoid hard) {
      return new Eltwise(dnnl.dnnl_eltwise_hardsigmoid, (float) hard.slope(), 0.5f);
    }
    if (activation instanceof HardSwish) {
      return new Eltwise(dnnl.dnnl_eltwise_hardswish, (float) HardSigmoid.SIXTH, 0.5f);
    }
    if (activation instanceof Softplus) {
      return new Eltwise(dnnl.dnnl_eltwise_soft_relu, 1, 0);
    }
    if (activation instanceof Mish) {
      return new Eltwise(dnnl.dnnl_eltwise_mish, 0, 0);
    }
    if (activation instanceof Exponential) {
      return new Eltwise(dnnl.dnnl_eltwise_exp, 0, 0);
    }
    throw new IllegalArgumentException("not element-wise: " + activation);
  }
}
