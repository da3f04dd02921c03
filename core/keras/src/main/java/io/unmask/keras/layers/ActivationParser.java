package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ClassIdentity;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.config.Generation;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import java.util.List;
import java.util.function.Supplier;

/** Reads activations, given by name or as a serialized function or layer. */
final class ActivationParser {

  /** The default of {@code keras.activations.leaky_relu}. */
  private static final double FUNCTION_SLOPE = 0.2;

  /** The default of {@code keras.layers.LeakyReLU}. */
  private static final double LAYER_SLOPE = 0.3;

  /** Keras 2's {@code hard_sigmoid}. */
  private static final double KERAS_2_SLOPE = 0.2;

  private ActivationParser() {}

  /**
   * The activation that an argument {@code activation} stands for; null is the identity.
   *
   * @param rank of what it is applied to, without the batch
   * @param generation which Keras means it
   */
  static Activation of(Json value, int rank, Supplier<Generation> generation) {
    if (value.isNull()) {
      return Activations.LINEAR;
    }
    if (value.isString()) {
      return named(value.string(), generation);
    }
    String className = value.find("class_name").string();
    Json config = value.find("config");
    if (config.isString()) { // {"class_name": "function", "config": "relu"}
      return ClassIdentity.isKerasFunction(value)
          ? named(config.string(), generation)
          : named(value.find("module") + "." + config.string(), generation);
    }
    if (!ClassIdentity.isKeras(value)) {
      return named(ClassIdentity.described(value), generation); // which is refused with that name
    }
    return className.equals("Activation")
        ? of(config.find("activation"), rank, generation)
        : ofLayer(className, config, rank, generation);
  }

  private static Activation named(String name, Supplier<Generation> generation) {
    return switch (name) {
      case "linear" -> Activations.LINEAR;
      case "relu" -> Activations.RELU;
      case "relu6" -> new Activation.Relu(0, 6, 0);
      case "leaky_relu" -> new Activation.Relu(FUNCTION_SLOPE, Double.POSITIVE_INFINITY, 0);
      case "elu", "celu" ->
          new Activation.Elu(1); // the same for alpha 1, which the name stands for
      case "sigmoid" -> Activations.SIGMOID;
      case "tanh" -> new Activation.Tanh();
      case "softmax" -> new Activation.Softmax();
      case "silu", "swish" -> new Activation.Swish();
      case "gelu" -> new Activation.Gelu();
      case "hard_sigmoid" -> hardSigmoid(generation);
      case "hard_silu", "hard_swish" -> new Activation.HardSwish();
      case "selu" -> new Activation.Selu();
      case "softplus" -> new Activation.Softplus();
      case "mish" -> new Activation.Mish();
      case "exponential" -> new Activation.Exponential();
      case "sparse_sigmoid" -> new Activation.HardSigmoid(Activation.HardSigmoid.HALF);
      case "hard_tanh" -> new Activation.HardTanh();
      case "softsign" -> new Activation.Softsign();
      case "tanh_shrink" -> new Activation.TanhShrink();
      case "soft_shrink" -> new Activation.SoftShrink(Activation.SoftShrink.DEFAULT);
      case "hard_shrink" -> new Activation.HardShrink(Activation.HardShrink.DEFAULT);
      case "log_sigmoid" -> new Activation.LogSigmoid();
      case "log_softmax" -> new Activation.LogSoftmax();
      case "squareplus" -> new Activation.Squareplus(Activation.Squareplus.DEFAULT);
      case "sparse_plus" -> new Activation.SparsePlus();
      default ->
          throw new UnsupportedException(
              "activation '"
                  + name
                  + "' is not supported; supported are celu, elu, exponential, gelu, hard_shrink,"
                  + " hard_sigmoid, hard_silu, hard_tanh, leaky_relu, linear, log_sigmoid,"
                  + " log_softmax, mish, relu, relu6, selu, sigmoid, silu, soft_shrink, softmax,"
                  + " softplus, softsign, sparse_plus, sparse_sigmoid, squareplus, swish, tanh,"
                  + " tanh_shrink");
    };
  }

  private static Activation hardSigmoid(Supplier<Generation> generation) {
    return switch (generation.get()) {
      case TWO -> new Activation.HardSigmoid(KERAS_2_SLOPE);
      case THREE -> new Activation.HardSigmoid(Activation.HardSigmoid.SIXTH);
      case UNKNOWN ->
          throw new UnsupportedException(
              "hard_sigmoid has slope 0.2 in Keras 2 and 1/6 in Keras 3, and the file does not say"
                  + " which Keras wrote it; load it in Keras and save it again");
    };
  }

  /** The activation that a function of {@code keras.ops} is. */
  static Activation ofOperation(String name, Json config, int rank) {
    return switch (name) {
      case "Relu" -> Activations.RELU;
      case "Relu6" -> new Activation.Relu(0, 6, 0);
      case "LeakyRelu" ->
          new Activation.Relu(
              ConfigValues.number(config.find("negative_slope"), FUNCTION_SLOPE),
              Double.POSITIVE_INFINITY,
              0);
      case "Elu" -> new Activation.Elu(ConfigValues.number(config.find("alpha"), 1));
      case "Sigmoid" -> Activations.SIGMOID;
      case "Tanh" -> new Activation.Tanh();
      case "Silu" -> new Activation.Swish();
      case "Selu" -> new Activation.Selu();
      case "Softplus" -> new Activation.Softplus();
      case "Exp" -> new Activation.Exponential();
      case "HardSigmoid" -> hardSigmoid(() -> Generation.THREE);
      case "HardSilu" -> new Activation.HardSwish();
      case "Softmax" -> {
        requireLastAxis(config.find("axis"), rank);
        yield new Activation.Softmax();
      }
      case "LogSoftmax" -> {
        requireLastAxis(config.find("axis"), rank);
        yield new Activation.LogSoftmax();
      }
      case "SparseSigmoid" -> new Activation.HardSigmoid(Activation.HardSigmoid.HALF);
      case "HardTanh" -> new Activation.HardTanh();
      case "Softsign" -> new Activation.Softsign();
      case "TanhShrink" -> new Activation.TanhShrink();
      case "LogSigmoid" -> new Activation.LogSigmoid();
      case "SparsePlus" -> new Activation.SparsePlus();
      case "SoftShrink", "HardShrink", "Squareplus" -> ofFunction(name, config);
      case "nn.gelu" -> {
        if (ConfigValues.truth(config.find("approximate"), false)) {
          throw Arithmetic.unsupported("gelu with approximate=True");
        }
        yield new Activation.Gelu();
      }
      case "nn.leaky_relu" ->
          new Activation.Relu(
              ConfigValues.number(config.find("alpha"), FUNCTION_SLOPE),
              Double.POSITIVE_INFINITY,
              0);
      case "Gelu" -> {
        if (ConfigValues.truth(config.find("approximate"), true)) {
          throw Arithmetic.unsupported("Gelu with approximate=True");
        }
        yield new Activation.Gelu();
      }
      default -> throw Arithmetic.unsupported(name);
    };
  }

  /** A function that has settings, but no layer of its own. */
  private static Activation ofFunction(String name, Json config) {
    Json threshold = config.find("threshold");
    return switch (name) {
      case "SoftShrink" ->
          new Activation.SoftShrink(ConfigValues.number(threshold, Activation.SoftShrink.DEFAULT));
      case "HardShrink" ->
          new Activation.HardShrink(ConfigValues.number(threshold, Activation.HardShrink.DEFAULT));
      default ->
          new Activation.Squareplus(
              ConfigValues.number(config.find("b"), Activation.Squareplus.DEFAULT));
    };
  }

  /** The activation that a layer of the given class is, on an input of the given rank. */
  static Activation ofLayer(
      String className, Json config, int rank, Supplier<Generation> generation) {
    return switch (className) {
      case "ReLU" -> {
        double slope = ConfigValues.number(config.find("negative_slope"), 0);
        double threshold = ConfigValues.number(config.find("threshold"), 0);
        Json most = config.find("max_value");
        yield new Activation.Relu(
            slope, ConfigValues.number(most, Double.POSITIVE_INFINITY), threshold);
      }
      case "LeakyReLU" -> {
        Json older = config.find("alpha");
        double slope =
            older.isNull()
                ? ConfigValues.number(config.find("negative_slope"), LAYER_SLOPE)
                : ConfigValues.number(older);
        yield new Activation.Relu(slope, Double.POSITIVE_INFINITY, 0);
      }
      case "ELU" -> new Activation.Elu(ConfigValues.number(config.find("alpha"), 1));
      case "Softmax" -> {
        requireLastAxis(config.find("axis"), rank);
        yield new Activation.Softmax();
      }
      case "SoftShrink", "HardShrink", "Squareplus" -> ofFunction(className, config);
      case "ThresholdedReLU" -> {
        // Of single precision, what is above theta is at least the next number.
        float theta = (float) ConfigValues.number(config.find("theta"), 1);
        yield new Activation.Relu(0, Double.POSITIVE_INFINITY, Math.nextUp(theta));
      }
      default -> named(className, generation);
    };
  }

  private static void requireLastAxis(Json axis, int rank) {
    List<Json> axes = axis.isArray() ? axis.elements() : List.of(axis);
    boolean last =
        axis.isNull()
            || (axes.size() == 1 && (axes.get(0).integer() == -1 || axes.get(0).integer() == rank));
    if (!last) {
      throw new UnsupportedException(
          "softmax over axis " + axis + " is not supported; supported is the last axis, -1");
    }
  }
}
