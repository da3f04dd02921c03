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
      case "elu" -> new Activation.Elu(1);
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
      default ->
          throw new UnsupportedException(
              "activation '"
                  + name
                  + "' is not supported; supported are elu, exponential, gelu, hard_sigmoid,"
                  + " hard_silu, leaky_relu, linear, mish, relu, relu6, selu, sigmoid, silu, softmax,"
                  + " softplus, swish, tanh");
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
  static Activation ofOperation(LayerCall call, String name) {
    int rank = call.inputShape().rank();
    Json config = call.layer().config();
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
      case "Softmax" -> softmax(config.find("axis"), rank);
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
      case "Softmax" -> softmax(config.find("axis"), rank);
      case "ThresholdedReLU" -> {
        // Of single precision, what is above theta is at least the next number.
        float theta = (float) ConfigValues.number(config.find("theta"), 1);
        yield new Activation.Relu(0, Double.POSITIVE_INFINITY, Math.nextUp(theta));
      }
      default -> named(className, generation);
    };
  }

  private static Activation softmax(Json axis, int rank) {
    List<Json> axes = axis.isArray() ? axis.elements() : List.of(axis);
    boolean last =
        axis.isNull()
            || (axes.size() == 1 && (axes.get(0).integer() == -1 || axes.get(0).integer() == rank));
    if (!last) {
      throw new UnsupportedException(
          "softmax over axis " + axis + " is not supported; supported is the last axis, -1");
    }
    return new Activation.Softmax();
  }
}
