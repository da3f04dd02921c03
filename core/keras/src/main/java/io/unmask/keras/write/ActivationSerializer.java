package io.unmask.keras.write;

import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Keras calls each activation; the reverse of {@code ActivationParser}. */
final class ActivationSerializer {

  private static final Names NAMES = new Names();

  private ActivationSerializer() {}

  /** A layer of its own: {@code Activation} where it has a name, else the one that has settings. */
  static SerializedLayer layer(Activation activation) {
    String name = name(activation);
    return name == null
        ? configured(activation)
        : new SerializedLayer("Activation", Map.of("activation", name));
  }

  /** The argument {@code activation} of another layer: a name or a serialized layer. */
  static Object argument(Activation activation) {
    String name = name(activation);
    return name == null ? ConfigWriter.object(configured(activation)) : name;
  }

  private static @Nullable String name(Activation activation) {
    return activation.accept(NAMES, activation).orElse(null);
  }

  /** Keras's names, none for what takes settings. */
  private static final class Names
      implements Activation.CompleteVisitor<Activation, Optional<String>> {

    @Override
    public Optional<String> linear(Activation.Linear linear, Activation context) {
      return Optional.of("linear");
    }

    @Override
    public Optional<String> relu(Activation.Relu relu, Activation context) {
      boolean plain = relu.negativeSlope() == 0 && relu.threshold() == 0;
      if (plain && relu.maximum() == 6) {
        return Optional.of("relu6");
      }
      return plain && relu.maximum() == Double.POSITIVE_INFINITY
          ? Optional.of("relu")
          : Optional.empty();
    }

    @Override
    public Optional<String> elu(Activation.Elu elu, Activation context) {
      return elu.alpha() == 1 ? Optional.of("elu") : Optional.empty();
    }

    @Override
    public Optional<String> sigmoid(Activation.Sigmoid sigmoid, Activation context) {
      return Optional.of("sigmoid");
    }

    @Override
    public Optional<String> tanh(Activation.Tanh tanh, Activation context) {
      return Optional.of("tanh");
    }

    @Override
    public Optional<String> swish(Activation.Swish swish, Activation context) {
      return Optional.of("silu");
    }

    @Override
    public Optional<String> softmax(Activation.Softmax softmax, Activation context) {
      return Optional.of("softmax");
    }

    @Override
    public Optional<String> gelu(Activation.Gelu gelu, Activation context) {
      return Optional.of("gelu");
    }

    @Override
    public Optional<String> hardSigmoid(Activation.HardSigmoid hard, Activation context) {
      if (hard.slope() == Activation.HardSigmoid.HALF) {
        return Optional.of("sparse_sigmoid");
      }
      if (hard.slope() != Activation.HardSigmoid.SIXTH) {
        throw new UnsupportedException(
            "Keras 3's hard_sigmoid has the slope 1/6, but this one has "
                + hard.slope()
                + ", as in Keras 2; only Keras 2 can write it");
      }
      return Optional.of("hard_sigmoid");
    }

    @Override
    public Optional<String> hardSwish(Activation.HardSwish hardSwish, Activation context) {
      return Optional.of("hard_silu");
    }

    @Override
    public Optional<String> selu(Activation.Selu selu, Activation context) {
      return Optional.of("selu");
    }

    @Override
    public Optional<String> softplus(Activation.Softplus softplus, Activation context) {
      return Optional.of("softplus");
    }

    @Override
    public Optional<String> mish(Activation.Mish mish, Activation context) {
      return Optional.of("mish");
    }

    @Override
    public Optional<String> exponential(Activation.Exponential exponential, Activation context) {
      return Optional.of("exponential");
    }

    @Override
    public Optional<String> hardTanh(Activation.HardTanh hardTanh, Activation context) {
      return Optional.of("hard_tanh");
    }

    @Override
    public Optional<String> softsign(Activation.Softsign softsign, Activation context) {
      return Optional.of("softsign");
    }

    @Override
    public Optional<String> tanhShrink(Activation.TanhShrink tanhShrink, Activation context) {
      return Optional.of("tanh_shrink");
    }

    @Override
    public Optional<String> logSigmoid(Activation.LogSigmoid logSigmoid, Activation context) {
      return Optional.of("log_sigmoid");
    }

    @Override
    public Optional<String> logSoftmax(Activation.LogSoftmax logSoftmax, Activation context) {
      return Optional.of("log_softmax");
    }

    @Override
    public Optional<String> sparsePlus(Activation.SparsePlus sparsePlus, Activation context) {
      return Optional.of("sparse_plus");
    }

    @Override
    public Optional<String> softShrink(Activation.SoftShrink softShrink, Activation context) {
      return softShrink.threshold() == Activation.SoftShrink.DEFAULT
          ? Optional.of("soft_shrink")
          : Optional.empty();
    }

    @Override
    public Optional<String> hardShrink(Activation.HardShrink hardShrink, Activation context) {
      return hardShrink.threshold() == Activation.HardShrink.DEFAULT
          ? Optional.of("hard_shrink")
          : Optional.empty();
    }

    @Override
    public Optional<String> squareplus(Activation.Squareplus squareplus, Activation context) {
      return squareplus.b() == Activation.Squareplus.DEFAULT
          ? Optional.of("squareplus")
          : Optional.empty();
    }
  }

  private static SerializedLayer configured(Activation activation) {
    if (activation instanceof Activation.Elu elu) {
      return new SerializedLayer("ELU", Map.of("alpha", elu.alpha()));
    }
    if (activation instanceof Activation.SoftShrink shrink) {
      return function("SoftShrink", "threshold", shrink.threshold());
    }
    if (activation instanceof Activation.HardShrink shrink) {
      return function("HardShrink", "threshold", shrink.threshold());
    }
    if (activation instanceof Activation.Squareplus squareplus) {
      return function("Squareplus", "b", squareplus.b());
    }
    return rectifier((Activation.Relu) activation);
  }

  private static SerializedLayer function(String name, String setting, double value) {
    return new SerializedLayer(SerializedLayer.FUNCTIONS, name, Map.of(setting, value));
  }

  private static SerializedLayer rectifier(Activation.Relu relu) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (relu.negativeSlope() < 0 || relu.threshold() < 0) {
      throw new UnsupportedException(
          "Keras's ReLU takes no negative slope or threshold below 0, but they are %s and %s"
              .formatted(relu.negativeSlope(), relu.threshold()));
    }
    if (relu.maximum() != Double.POSITIVE_INFINITY) {
      config.put("max_value", relu.maximum());
    }
    config.put("negative_slope", relu.negativeSlope());
    config.put("threshold", relu.threshold());
    return new SerializedLayer("ReLU", config);
  }
}
