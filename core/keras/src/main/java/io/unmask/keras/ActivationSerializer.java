package io.unmask.keras;

import io.unmask.network.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Keras calls each activation; the reverse of {@link ActivationParser}. */
final class ActivationSerializer {

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
    if (activation instanceof Activation.Linear) {
      return "linear";
    } else if (activation instanceof Activation.Relu relu) {
      boolean plain = relu.negativeSlope() == 0 && relu.threshold() == 0;
      if (plain && relu.maximum() == 6) {
        return "relu6";
      }
      return plain && relu.maximum() == Double.POSITIVE_INFINITY ? "relu" : null;
    } else if (activation instanceof Activation.Elu elu) {
      return elu.alpha() == 1 ? "elu" : null;
    } else if (activation instanceof Activation.Sigmoid) {
      return "sigmoid";
    } else if (activation instanceof Activation.Tanh) {
      return "tanh";
    } else if (activation instanceof Activation.Swish) {
      return "silu";
    } else if (activation instanceof Activation.Softmax) {
      return "softmax";
    } else if (activation instanceof Activation.Gelu) {
      return "gelu";
    } else if (activation instanceof Activation.HardSigmoid hard) {
      return hardSigmoid(hard);
    } else if (activation instanceof Activation.HardSwish) {
      return "hard_silu";
    } else if (activation instanceof Activation.Selu) {
      return "selu";
    } else if (activation instanceof Activation.Softplus) {
      return "softplus";
    } else if (activation instanceof Activation.Mish) {
      return "mish";
    } else if (activation instanceof Activation.Exponential) {
      return "exponential";
    }
    throw new IllegalArgumentException("an unknown activation, " + activation);
  }

  private static String hardSigmoid(Activation.HardSigmoid hard) {
    if (hard.slope() != Activation.HardSigmoid.SIXTH) {
      throw new UnsupportedException(
          "Keras 3's hard_sigmoid has the slope 1/6, but this one has "
              + hard.slope()
              + ", as in Keras 2; only Keras 2 can write it");
    }
    return "hard_sigmoid";
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
