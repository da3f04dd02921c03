package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Activation.Elu;
import io.unmask.network.Activation.Exponential;
import io.unmask.network.Activation.Gelu;
import io.unmask.network.Activation.HardSigmoid;
import io.unmask.network.Activation.HardSwish;
import io.unmask.network.Activation.Linear;
import io.unmask.network.Activation.Mish;
import io.unmask.network.Activation.Relu;
import io.unmask.network.Activation.Selu;
import io.unmask.network.Activation.Sigmoid;
import io.unmask.network.Activation.Softmax;
import io.unmask.network.Activation.Softplus;
import io.unmask.network.Activation.Swish;
import io.unmask.network.Activation.Tanh;
import io.unmask.network.RareActivations.HardShrink;
import io.unmask.network.RareActivations.HardTanh;
import io.unmask.network.RareActivations.LogSigmoid;
import io.unmask.network.RareActivations.LogSoftmax;
import io.unmask.network.RareActivations.SoftShrink;
import io.unmask.network.RareActivations.Softsign;
import io.unmask.network.RareActivations.SparsePlus;
import io.unmask.network.RareActivations.Squareplus;
import io.unmask.network.RareActivations.TanhShrink;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * One of oneDNN's element-wise functions; an activation is one of them, several in a row, or a
 * {@link Pair}.
 *
 * @param function its number in oneDNN
 * @param alpha its first parameter
 * @param beta its second
 */
record Eltwise(int function, float alpha, float beta) {

  private static final Functions FUNCTIONS = new Functions();

  /** Whether {@link #of} can express the activation. */
  static boolean fits(Activation activation) {
    if (activation instanceof Relu relu) {
      boolean capped = relu.maximum() != Double.POSITIVE_INFINITY;
      return relu.threshold() == 0 && !(capped && relu.negativeSlope() != 0);
    }
    return !(activation instanceof Softmax)
        && !(activation instanceof LogSoftmax)
        && !activation.isLinear()
        && Pair.of(activation).isEmpty();
  }

  /** The functions, one behind the other, for an activation that {@link #fits}. */
  static List<Eltwise> of(Activation activation) {
    return activation.accept(FUNCTIONS, activation);
  }

  private static final class Functions
      implements Activation.CompleteVisitor<Activation, List<Eltwise>> {

    @Override
    public List<Eltwise> linear(Linear linear, Activation context) {
      throw notElementwise(linear);
    }

    @Override
    public List<Eltwise> relu(Relu relu, Activation context) {
      return relu.maximum() == Double.POSITIVE_INFINITY
          ? List.of(new Eltwise(dnnl.dnnl_eltwise_relu, (float) relu.negativeSlope(), 0))
          : List.of(new Eltwise(dnnl.dnnl_eltwise_clip, 0, (float) relu.maximum()));
    }

    @Override
    public List<Eltwise> elu(Elu elu, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_elu, (float) elu.alpha(), 0));
    }

    @Override
    public List<Eltwise> sigmoid(Sigmoid sigmoid, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_logistic, 0, 0));
    }

    @Override
    public List<Eltwise> tanh(Tanh tanh, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_tanh, 0, 0));
    }

    @Override
    public List<Eltwise> swish(Swish swish, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_swish, 1, 0));
    }

    @Override
    public List<Eltwise> gelu(Gelu gelu, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_gelu_erf, 0, 0));
    }

    @Override
    public List<Eltwise> hardSigmoid(HardSigmoid hard, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_hardsigmoid, (float) hard.slope(), 0.5f));
    }

    @Override
    public List<Eltwise> hardSwish(HardSwish hardSwish, Activation context) {
      float sixth = (float) HardSigmoid.SIXTH;
      return List.of(new Eltwise(dnnl.dnnl_eltwise_hardswish, sixth, 0.5f));
    }

    @Override
    public List<Eltwise> selu(Selu selu, Activation context) {
      return List.of(
          new Eltwise(dnnl.dnnl_eltwise_elu, (float) Selu.ALPHA, 0),
          new Eltwise(dnnl.dnnl_eltwise_linear, (float) Selu.SCALE, 0));
    }

    @Override
    public List<Eltwise> softplus(Softplus softplus, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_soft_relu, 1, 0));
    }

    @Override
    public List<Eltwise> mish(Mish mish, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_mish, 0, 0));
    }

    @Override
    public List<Eltwise> exponential(Exponential exponential, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_exp, 0, 0));
    }

    @Override
    public List<Eltwise> softmax(Softmax softmax, Activation context) {
      throw notElementwise(softmax);
    }

    @Override
    public List<Eltwise> hardTanh(HardTanh hardTanh, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_clip, -1, 1));
    }

    @Override
    public List<Eltwise> logSigmoid(LogSigmoid logSigmoid, Activation context) {
      return List.of(new Eltwise(dnnl.dnnl_eltwise_soft_relu, -1, 0));
    }

    @Override
    public List<Eltwise> logSoftmax(LogSoftmax logSoftmax, Activation context) {
      throw notElementwise(logSoftmax);
    }

    @Override
    public List<Eltwise> softsign(Softsign softsign, Activation context) {
      throw notElementwise(softsign); // it is a Pair
    }

    @Override
    public List<Eltwise> tanhShrink(TanhShrink tanhShrink, Activation context) {
      throw notElementwise(tanhShrink); // it is a Pair
    }

    @Override
    public List<Eltwise> softShrink(SoftShrink softShrink, Activation context) {
      throw notElementwise(softShrink); // it is a Pair
    }

    @Override
    public List<Eltwise> hardShrink(HardShrink hardShrink, Activation context) {
      throw notElementwise(hardShrink); // it is a Pair
    }

    @Override
    public List<Eltwise> squareplus(Squareplus squareplus, Activation context) {
      throw notElementwise(squareplus); // it is a Pair
    }

    @Override
    public List<Eltwise> sparsePlus(SparsePlus sparsePlus, Activation context) {
      throw notElementwise(sparsePlus); // it is a Pair
    }

    private static IllegalArgumentException notElementwise(Activation activation) {
      return new IllegalArgumentException("not one of oneDNN's functions: " + activation);
    }
  }
}
