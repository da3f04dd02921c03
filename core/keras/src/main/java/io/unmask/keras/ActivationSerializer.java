package io.unmask.keras;

import io.unmask.network.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Keras calls each activation; the reverse of {@link ActivationParser}. */
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
    return activation.accept(NAMES, null);
  }

  /** Keras's names, null for what takes settings. */
  private static final class Names
      implements Activation.CompleteVisitor<@Nullable Void, @Nullable String> {

    @Override
    public String linear(Activation.Linear linear, @Nullable Void context) {
      return "linear";
    }

    @Override
    public @Nullable String relu(Activation.Relu relu, @Nullable Void context) {
      boolean plain = relu.negativeSlope() == 0 && relu.threshold() == 0;
      if (plain && relu.maximum() == 6) {
        return "relu6";
      }
      return plain && relu.maximum() == Double.POSITIVE_INFINITY ? "relu" : null;
    }

    @Override
    public @Nullable String elu(Activation.Elu elu, @Nullable Void context) {
      return elu.alpha() == 1 ? "elu" : null;
    }

    @Override
    public String sigmoid(Activation.Sigmoid sigmoid, @Nullable Void context) {
      return "sigmoid";
    }

    @Override
    public String tanh(Activation.Tanh tanh, @Nullable Void context) {
      return "tanh";
    }

    @Override
    public String swish(Activation.Swish swish, @Nullable Void context) {
      return "silu";
    }

    @Override
    public String softmax(Activation.Softmax softmax, @Nullable Void context) {
      return "softmax";
    }

    @Override
    public String gelu(Activation.Gelu gelu, @Nullable Void context) {
      return "gelu";
    }

    @Override
    public String hardSigmoid(Activation.HardSigmoid hard, @Nullable Void context) {
      if (hard.slope() != Activation.HardSigmoid.SIXTH) {
        throw new UnsupportedException(
            "Keras 3's hard_sigmoid has the slope 1/6, but this one has "
                + hard.slope()
                + ", as in Keras 2; only Keras 2 can write it");
      }
      return "hard_sigmoid";
    }

    @Override
    public String hardSwish(Activation.HardSwish hardSwish, @Nullable Void context) {
      return "hard_silu";
    }

    @Override
    public String selu(Activation.Selu selu, @Nullable Void context) {
      return "selu";
    }

    @Override
    public String softplus(Activation.Softplus softplus, @Nullable Void context) {
      return "softplus";
    }

    @Override
    public String mish(Activation.Mish mish, @Nullable Void context) {
      return "mish";
    }

    @Override
    public String exponential(Activation.Exponential exponential, @Nullable Void context) {
      return "exponential";
    }
  }

  private static SerializedLayer configured(Activation activation) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (activation instanceof Activation.Elu elu) {
      config.put("alpha", elu.alpha());
      return new SerializedLayer("ELU", config);
    }
    Activation.Relu relu = (Activation.Relu) activation;
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
