package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The layers that add and multiply, and the operations that Keras writes for Python's operators on
 * tensors ({@code x / 127.5 - 1}). What the network has no layer for is put together: {@code a - b}
 * is {@code a + (-1) b}.
 */
final class Arithmetic implements LayerFamily {

  private static final String SUPPORTED_OPERATIONS =
      "Add, Subtract, Multiply, Divide by numbers, Negative, Absolute, Square, Matmul, activations,"
          + " Cast, Concatenate, ExpandDims, GetItem of channels and of a part of the image, Max and"
          + " Mean, Reshape, Resize, RGBToGrayscale, Stack, Transpose";

  /**
   * What Keras 2 calls InceptionResNetV2's layer: it is registered without a package of its own.
   */
  private static final String KERAS_2_SCALE = "Custom>CustomScaleLayer";

  @Override
  public List<String> classes() {
    return List.of(
        "Add",
        "Average",
        "CustomScaleLayer",
        "Maximum",
        "Minimum",
        "Multiply",
        "Rescaling",
        "Subtract");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" -> layer(call);
      case "CustomScaleLayer", KERAS_2_SCALE -> customScale(call);
      case "Rescaling" -> rescaling(call);
      default -> UNKNOWN;
    };
  }

  private static int layer(LayerCall call) {
    return switch (call.layer().className()) {
      case "Add" -> call.add(new Layer.Add());
      case "Multiply" -> call.add(new Layer.Multiply());
      case "Subtract" -> subtract(call);
      case "Maximum" -> call.add(new Layer.Maximum());
      case "Minimum" -> minimum(call);
      default -> average(call);
    };
  }

  private static int rescaling(LayerCall call) {
    List<Double> factors = numbers(call.config("scale"));
    List<Double> offsets =
        call.config("offset").isNull() ? List.of(0.0) : numbers(call.config("offset"));
    int size = Math.max(factors.size(), offsets.size());
    return call.add(new Layer.Rescaling(repeated(factors, size), repeated(offsets, size)));
  }

  /** A function on tensors and numbers, as Keras 3 and (as {@code TFOpLambda}) Keras 2 write it. */
  static int operation(LayerCall call) {
    String name = call.layer().className();
    List<Resolved> operands = call.operands();
    if (name.equals("Negative")) {
      call.inputShape();
      return call.add(rescaling(-1, 0));
    }
    return operands.size() == 2 ? ofTwo(call, name, operands) : Operations.build(call, name);
  }

  private static int ofTwo(LayerCall call, String name, List<Resolved> operands) {
    switch (name) {
      case "Matmul" -> {
        return MatrixProducts.operation(call, name);
      }
      case "Add" -> {
        return sum(call, operands);
      }
      case "Subtract" -> {
        return difference(call, operands);
      }
      case "Multiply" -> {
        return product(call, operands);
      }
      case "Divide", "TrueDivide" -> {
        if (operands.get(1) instanceof Resolved.Constant divisor
            && !divisor.values().contains(0.0)) {
          return scaled(call, divisor, value -> 1 / value, value -> 0);
        }
      }
      case "Power" -> {
        if (operands.get(1) instanceof Resolved.Constant exponent
            && exponent.values().equals(List.of(2.0))) {
          return square(call);
        }
      }
      default -> {
        // may be no arithmetic
      }
    }
    return Operations.build(call, name);
  }

  static int square(LayerCall call) {
    call.inputShape();
    int input = call.inputs().get(0);
    return call.add(new Layer.Multiply(), List.of(input, input));
  }

  /** The larger of a number and its negative. */
  static int absolute(LayerCall call) {
    call.inputShape();
    int input = call.inputs().get(0);
    int negated = call.addBefore("negated", rescaling(-1, 0), List.of(input));
    return call.add(new Layer.Maximum(), List.of(input, negated));
  }

  /** {@code alpha * elu(x / alpha)}. */
  static int celu(LayerCall call) {
    double alpha = ConfigValues.number(call.config("alpha"), 1);
    call.inputShape();
    if (!(alpha > 0) || !Double.isFinite(alpha)) {
      throw unsupported("Celu with alpha=" + alpha);
    }
    Layer elu = new Layer.Activate(new Activation.Elu(1));
    if (alpha == 1) {
      return call.add(elu);
    }
    int divided = call.addBefore("divided", rescaling(1 / alpha, 0), call.inputs());
    int bent = call.addBefore("bent", elu, List.of(divided));
    return call.add(rescaling(alpha, 0), List.of(bent));
  }

  /** Says which operations there are. */
  static UnsupportedException unsupported(String name) {
    return new UnsupportedException(
        "the operation "
            + name
            + " on these operands is not supported; supported are "
            + SUPPORTED_OPERATIONS
            + ", of tensors and numbers");
  }

  private static int sum(LayerCall call, List<Resolved> operands) {
    for (Resolved operand : operands) {
      if (operand instanceof Resolved.Constant constant) {
        return scaled(call, constant, value -> 1, value -> value);
      }
    }
    return call.add(new Layer.Add());
  }

  private static int difference(LayerCall call, List<Resolved> operands) {
    if (operands.get(1) instanceof Resolved.Constant constant) {
      return scaled(call, constant, value -> 1, value -> -value);
    }
    if (operands.get(0) instanceof Resolved.Constant constant) {
      return scaled(call, constant, value -> -1, value -> value);
    }
    return subtract(call);
  }

  private static int product(LayerCall call, List<Resolved> operands) {
    for (Resolved operand : operands) {
      if (operand instanceof Resolved.Constant constant) {
        return scaled(call, constant, value -> value, value -> 0);
      }
    }
    return call.add(new Layer.Multiply());
  }

  /** The largest of the negatives, negated, which rounds nothing. */
  private static int minimum(LayerCall call) {
    List<Integer> negated =
        call.inputs().stream()
            .map(input -> call.addBefore("negated", rescaling(-1, 0), List.of(input)))
            .toList();
    int maximum = call.addBefore("maximum", new Layer.Maximum(), negated);
    return call.add(rescaling(-1, 0), List.of(maximum));
  }

  private static int subtract(LayerCall call) {
    List<Integer> inputs = call.inputs();
    if (inputs.size() != 2) {
      throw new DefectException("takes two inputs, but has " + inputs.size());
    }
    int negated = call.addBefore("negated", rescaling(-1, 0), List.of(inputs.get(1)));
    return call.add(new Layer.Add(), List.of(inputs.get(0), negated));
  }

  /** The class of InceptionResNetV2 in keras.applications: {@code a + b * scale}. */
  private static int customScale(LayerCall call) {
    List<Integer> inputs = call.inputs();
    if (inputs.size() != 2) {
      throw new DefectException("takes two inputs, but has " + inputs.size());
    }
    Layer scale = rescaling(ConfigValues.number(call.config("scale")), 0);
    int scaled = call.addBefore("scaled", scale, List.of(inputs.get(1)));
    return call.add(new Layer.Add(), List.of(inputs.get(0), scaled));
  }

  private static int average(LayerCall call) {
    int count = call.inputs().size();
    int sum = call.addBefore("sum", new Layer.Add(), call.inputs());
    return call.add(rescaling(1.0 / count, 0), List.of(sum));
  }

  /** What a constant makes of a tensor: {@code x * factor + offset}, alike or a pair a channel. */
  private static int scaled(
      LayerCall call,
      Resolved.Constant constant,
      DoubleUnaryOperator factor,
      DoubleUnaryOperator offset) {
    Shape input = call.inputShape();
    int size = constant.values().size();
    if (constant.rank() > input.rank() + 1 || (size > 1 && size != input.channels())) {
      throw new UnsupportedException(
          "%d constants with %d axes do not fit an input of shape %s; supported are numbers and one"
                  .formatted(size, constant.rank(), input)
              + " number a channel");
    }
    return call.add(
        new Layer.Rescaling(
            constant.values().stream().map(factor::applyAsDouble).toList(),
            constant.values().stream().map(offset::applyAsDouble).toList()));
  }

  private static Layer rescaling(double factor, double offset) {
    return new Layer.Rescaling(List.of(factor), List.of(offset));
  }

  private static List<Double> numbers(Json value) {
    return value.isArray()
        ? value.elements().stream().map(ConfigValues::number).toList()
        : List.of(ConfigValues.number(value));
  }

  private static List<Double> repeated(List<Double> numbers, int size) {
    return numbers.size() == 1 ? Collections.nCopies(size, numbers.get(0)) : numbers;
  }
}
