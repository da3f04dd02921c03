package io.unmask.onnx;

import static io.unmask.onnx.OnnxGraph.attribute;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import java.util.List;

/** Activations that look at one element at a time, as ONNX operators. */
final class OnnxActivations implements Activation.CompleteVisitor<OnnxActivations.Place, String> {

  /**
   * Where an operator is added.
   *
   * @param name what the operator and its result are called
   * @param value what it reads
   */
  record Place(String name, String value) {}

  private final OnnxGraph graph;

  OnnxActivations(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Applies an activation to a value and returns the name of the result. */
  String add(Activation activation, String name, String value) {
    return activation.accept(this, new Place(name, value));
  }

  @Override
  public String relu(Activation.Relu relu, Place place) {
    return relu(relu, place.name(), place.value());
  }

  @Override
  public String elu(Activation.Elu elu, Place place) {
    return graph.operator(
        "Elu", place.name(), List.of(place.value()), attribute("alpha", elu.alpha()));
  }

  @Override
  public String sigmoid(Activation.Sigmoid sigmoid, Place place) {
    return graph.operator("Sigmoid", place.name(), List.of(place.value()));
  }

  @Override
  public String tanh(Activation.Tanh tanh, Place place) {
    return graph.operator("Tanh", place.name(), List.of(place.value()));
  }

  @Override
  public String swish(Activation.Swish swish, Place place) {
    String sigmoid = graph.operator("Sigmoid", place.name() + "/sigmoid", List.of(place.value()));
    return graph.operator("Mul", place.name(), List.of(place.value(), sigmoid));
  }

  @Override
  public String gelu(Activation.Gelu gelu, Place place) {
    return gelu(place.name(), place.value());
  }

  @Override
  public String hardSigmoid(Activation.HardSigmoid hard, Place place) {
    return hardSigmoid(hard.slope(), place.name(), place.value());
  }

  @Override
  public String hardSwish(Activation.HardSwish hardSwish, Place place) {
    String factor =
        hardSigmoid(Activation.HardSigmoid.SIXTH, place.name() + "/hard_sigmoid", place.value());
    return graph.operator("Mul", place.name(), List.of(place.value(), factor));
  }

  @Override
  public String selu(Activation.Selu selu, Place place) {
    return graph.operator(
        "Selu",
        place.name(),
        List.of(place.value()),
        attribute("alpha", Activation.Selu.ALPHA),
        attribute("gamma", Activation.Selu.SCALE));
  }

  @Override
  public String softplus(Activation.Softplus softplus, Place place) {
    return graph.operator("Softplus", place.name(), List.of(place.value()));
  }

  @Override
  public String mish(Activation.Mish mish, Place place) {
    String softplus =
        graph.operator("Softplus", place.name() + "/softplus", List.of(place.value()));
    String bent = graph.operator("Tanh", place.name() + "/tanh", List.of(softplus));
    return graph.operator("Mul", place.name(), List.of(place.value(), bent));
  }

  @Override
  public String exponential(Activation.Exponential exponential, Place place) {
    return graph.operator("Exp", place.name(), List.of(place.value()));
  }

  @Override
  public String hardTanh(Activation.HardTanh hardTanh, Place place) {
    String minimum = scalar(place.name() + "/minimum", -1);
    String maximum = scalar(place.name() + "/maximum", 1);
    return graph.operator("Clip", place.name(), List.of(place.value(), minimum, maximum));
  }

  @Override
  public String softsign(Activation.Softsign softsign, Place place) {
    return graph.operator("Softsign", place.name(), List.of(place.value()));
  }

  @Override
  public String tanhShrink(Activation.TanhShrink shrink, Place place) {
    String tanh = graph.operator("Tanh", place.name() + "/tanh", List.of(place.value()));
    return graph.operator("Sub", place.name(), List.of(place.value(), tanh));
  }

  @Override
  public String softShrink(Activation.SoftShrink shrink, Place place) {
    return shrink(shrink.threshold(), shrink.threshold(), place);
  }

  @Override
  public String hardShrink(Activation.HardShrink shrink, Place place) {
    return shrink(shrink.threshold(), 0, place);
  }

  @Override
  public String logSigmoid(Activation.LogSigmoid logSigmoid, Place place) {
    String negated = graph.operator("Neg", place.name() + "/negated", List.of(place.value()));
    String softplus = graph.operator("Softplus", place.name() + "/softplus", List.of(negated));
    return graph.operator("Neg", place.name(), List.of(softplus));
  }

  @Override
  public String logSoftmax(Activation.LogSoftmax logSoftmax, Place place) {
    throw new IllegalArgumentException(logSoftmax + " does not look at one element at a time");
  }

  @Override
  public String squareplus(Activation.Squareplus squareplus, Place place) {
    String name = place.name();
    String square = graph.operator("Mul", name + "/square", List.of(place.value(), place.value()));
    String b = scalar(name + "/b", squareplus.b());
    String raised = graph.operator("Add", name + "/raised", List.of(square, b));
    String root = graph.operator("Sqrt", name + "/root", List.of(raised));
    String sum = graph.operator("Add", name + "/sum", List.of(place.value(), root));
    return graph.operator("Mul", name, List.of(sum, scalar(name + "/half", 0.5)));
  }

  @Override
  public String sparsePlus(Activation.SparsePlus sparsePlus, Place place) {
    String name = place.name();
    String bend = hardSigmoid(Activation.HardSigmoid.HALF, name + "/bend", place.value());
    String square = graph.operator("Mul", name + "/square", List.of(bend, bend));
    String above =
        graph.operator("Sub", name + "/above", List.of(place.value(), scalar(name + "/one", 1)));
    String rest = graph.operator("Relu", name + "/rest", List.of(above));
    return graph.operator("Add", name, List.of(square, rest));
  }

  private String shrink(double threshold, double bias, Place place) {
    return graph.operator(
        "Shrink",
        place.name(),
        List.of(place.value()),
        attribute("lambd", threshold),
        attribute("bias", bias));
  }

  @Override
  public String linear(Activation.Linear linear, Place place) {
    return place.value();
  }

  @Override
  public String softmax(Activation.Softmax softmax, Place place) {
    throw new IllegalArgumentException(softmax + " does not look at one element at a time");
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
