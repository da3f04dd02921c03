package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Activation.Elu;
import io.unmask.network.Activation.Relu;
import io.unmask.network.Activation.Sigmoid;
import io.unmask.network.Activation.Swish;
import io.unmask.network.Activation.Tanh;
import org.bytedeco.dnnl.global.dnnl;

/**
 * An activation as one of oneDNN's element-wise functions.
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
    return activation instanceof Elu
        || activation instanceof Sigmoid
        || activation instanceof Tanh
        || activation instanceof Swish;
  }

  /** The function for an activation that {@link #fits}. */
  static Eltwise of(Activation activation) {
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
    throw new IllegalArgumentException("not element-wise: " + activation);
  }
}
