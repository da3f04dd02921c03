package io.unmask.keras;

import io.unmask.json.Json;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import java.util.List;

/** Reads activations, given by name or as a serialized function or layer. */
final class ActivationParser {

  /** The default of {@code keras.activations.leaky_relu}. */
  private static final double FUNCTION_SLOPE = 0.2;

  /** The default of {@code keras.layers.LeakyReLU}. */
  private static final double LAYER_SLOPE = 0.3;

  private ActivationParser() {}

  /**
   * The activation that an argument {@code activation} stands for; null is the identity.
   *
   * @param rank of what it is applied to, without the batch
   */
  static Activation of(Json value, int rank) {
    if (value.isNull()) {
      return Activations.LINEAR;
    }
    if (value.isString()) {
      return named(value.string());
    }
    String className = value.find("class_name").string();
    Json config = value.find("config");
    if (config.isString()) { // {"class_name": "function", "config": "relu"}
      return ClassIdentity.isKerasFunction(value)
          ? named(config.string())
          : named(value.find("module") + "." + config.string());
    }
    if (!ClassIdentity.isKeras(value)) {
      return named(ClassIdentity.described(value)); // which is refused with that name
    }
    return className.equals("Activation")
        ? of(config.find("activation"), rank)
        : ofLayer(className, config, rank);
  }

  private static Activation named(String name) {
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
      default ->
          throw new UnsupportedException(
              "activation '"
                  + name
                  + "' is not supported; supported are elu, leaky_relu, linear, relu, relu6,"
                  + " sigmoid, silu, softmax, swish, tanh");
    };
  }

  /** The activation that a layer of the given class is, on an input of the given rank. */
  static Activation ofLayer(String className, Json config, int rank) {
    return switch (className) {
      case "ReLU" -> {
        double slope = Values.number(config.find("negative_slope"), 0);
        double threshold = Values.number(config.find("threshold"), 0);
        Json most = config.find("max_value");
        yield new Activation.Relu(slope, Values.number(most, Double.POSITIVE_INFINITY), threshold);
      }
      case "LeakyReLU" -> {
        Json older = config.find("alpha");
        double slope =
            older.isNull()
                ? Values.number(config.find("negative_slope"), LAYER_SLOPE)
                : Values.number(older);
        yield new Activation.Relu(slope, Double.POSITIVE_INFINITY, 0);
      }
      case "ELU" -> new Activation.Elu(Values.number(config.find("alpha"), 1));
      case "Softmax" -> softmax(config.find("axis"), rank);
      default -> named(className);
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
