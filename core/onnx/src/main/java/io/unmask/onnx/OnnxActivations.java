package io.unmask.onnx;

import static io.unmask.onnx.OnnxGraph.attribute;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import java.util.List;

/** Activations that look at one element at a time, as ONNX operators. */
final class OnnxActivations {

  private final OnnxGraph graph;

  OnnxActivations(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Applies an activation to a value and returns the name of the result. */
  String add(Activation activation, String name, String value) {
    if (activation instanceof Activation.Relu relu) {
      return relu(relu, name, value);
    }
    if (activation instanceof Activation.Elu elu) {
      return graph.operator("Elu", name, List.of(value), attribute("alpha", elu.alpha()));
    }
    if (activation instanceof Activation.Sigmoid) {
      return graph.operator("Sigmoid", name, List.of(value));
    }
    if (activation instanceof Activation.Tanh) {
      return graph.operator("Tanh", name, List.of(value));
    }
    if (activation instanceof Activation.Swish) {
      String sigmoid = graph.operator("Sigmoid", name + "/sigmoid", List.of(value));
      return graph.operator("Mul", name, List.of(value, sigmoid));
    }
    if (activation instanceof Activation.Gelu) {
      return gelu(name, value);
    }
    if (activation instanceof Activation.HardSigmoid hard) {
      return hardSigmoid(hard.slope(), name, value);
    }
    if (activation instanceof Activation.HardSwish) {
      String factor = hardSigmoid(Activation.HardSigmoid.SIXTH, name + "/hard_sigmoid", value);
      return graph.operator("Mul", name, List.of(value, factor));
    }
    if (activation instanceof Activation.Selu) {
      return graph.operator(
          "Selu",
          name,
          List.of(value),
          attribute("alpha", Activation.Selu.ALPHA),
          attribute("gamma", Activation.Selu.SCALE));
    }
    if (activation instanceof Activation.Softplus) {
      return graph.operator("Softplus", name, List.of(value));
    }
    if (activation instanceof Activation.Mish) {
      String softplus = graph.operator("Softplus", name + "/softplus", List.of(value));
      String bent = graph.operator("Tanh", name + "/tanh", List.of(softplus));
      return graph.operator("Mul", name, List.of(value, bent));
    }
    if (activation instanceof Activation.Exponential) {
      return graph.operator("Exp", name, List.of(value));
    }
    if (activation instanceof Activation.Linear) {
      return value;
    }
    throw new IllegalArgumentException(activation + " does not look at one element at a time");
  }

  /** As {@code x / 2 * (1 + erf(x / sqrt(2)))}: the operator Gelu is newer than what we write. */
  private String gelu(String name, String value) {
    String scale = scalar(name + "/scale", Math.sqrt(0.5));
    String scaled = graph.operator("Mul", name + "/scaled", List.of(value, scale));
    String erf = graph.operator("Erf", name + "/erf", List.of(scaled));
    String one = scalar(name + "/one", 1);
    String share = graph.operator("Add", name + "/share", List.of(erf, one));
    String half = scalar(name + "/half", 0.5);
    String halved = graph.operator("Mul", name + "/halved", List.of(value, half));
    return graph.operator("Mul", name, List.of(halved, share));
  }

  private String hardSigmoid(double slope, String name, String value) {
    return graph.operator(
        "HardSigmoid", name, List.of(value), attribute("alpha", slope), attribute("beta", 0.5));
  }

  private String relu(Activation.Relu relu, String name, String value) {
    if (relu.equals(Activations.RELU)) {
      return graph.operator("Relu", name, List.of(value));
    }
    boolean bounded = Double.isFinite(relu.maximum());
    if (relu.threshold() == 0 && !bounded) {
      double slope = relu.negativeSlope();
      return graph.operator("LeakyRelu", name, List.of(value), attribute("alpha", slope));
    }
    if (relu.threshold() == 0 && relu.negativeSlope() == 0) {
      String zero = scalar(name + "/minimum", 0);
      String maximum = scalar(name + "/maximum", relu.maximum());
      return graph.operator("Clip", name, List.of(value, zero, maximum));
    }
    String threshold = scalar(name + "/threshold", relu.threshold());
    String slope = scalar(name + "/slope", relu.negativeSlope());
    String distance = graph.operator("Sub", name + "/distance", List.of(value, threshold));
    String below = graph.operator("Mul", name + "/below", List.of(distance, slope));
    String result = choose(name + "/opened", List.of(value, threshold), List.of(value, below));
    if (bounded) {
      String maximum = scalar(name + "/maximum", relu.maximum());
      result = choose(name, List.of(value, maximum), List.of(maximum, result));
    }
    return result;
  }

  /** The first of two choices where the first value is at least the second. */
  private String choose(String name, List<String> compared, List<String> choices) {
    String condition = graph.operator("GreaterOrEqual", name + "/condition", compared);
    return graph.operator("Where", name, List.of(condition, choices.get(0), choices.get(1)));
  }

  private String scalar(String name, double value) {
    return graph.constant(name, new float[] {(float) value});
  }
}
