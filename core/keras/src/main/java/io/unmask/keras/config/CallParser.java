package io.unmask.keras.config;

import io.unmask.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code inbound_nodes} in both notations: Keras 2's {@code [[["conv", 0, 0, {}]]]} and Keras
 * 3's {@code [{"args": [tensor], "kwargs": {}}]}, whose tensors say {@code "keras_history"}.
 */
final class CallParser {

  /** Arguments that are no operands. */
  private static final List<String> OTHER_ARGUMENTS =
      List.of("mask", "training", "name", "initial_state", "constants");

  /** What Keras 2 writes for the layer of an operand that is no tensor. */
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private final List<Operand> operands = new ArrayList<>();
  private final boolean ofTensorFlow;
  private boolean training;

  private CallParser(boolean ofTensorFlow) {
    this.ofTensorFlow = ofTensorFlow;
  }

  /**
   * Reads the uses of a layer.
   *
   * @param ofTensorFlow whether it stands for a function of TensorFlow, most of whose arguments by
   *     name are no operands
   */
  static List<Call> calls(Json inboundNodes, boolean ofTensorFlow) {
    if (inboundNodes.isNull()) {
      return List.of();
    }
    List<Call> calls = new ArrayList<>();
    for (Json node : inboundNodes.elements()) {
      CallParser parser = new CallParser(ofTensorFlow);
      if (node.isArray()) {
        parser.oldNode(node);
      } else if (node.isObject() && !node.has("args") && !node.has("kwargs")) {
        for (String name : node.keys()) { // Keras 2's dictionary of inputs
          parser.oldOperand(node.get(name));
        }
      } else if (node.isObject()) {
        parser.arguments(node.find("args"));
        parser.keywords(node.find("kwargs"));
      } else {
        throw node.unexpected("a list of calls");
      }
      calls.add(new Call(List.copyOf(parser.operands), parser.training, node));
    }
    return calls;
  }

  /** The tensors of {@code input_layers} or {@code output_layers}: one, a list or a dictionary. */
  static List<Operand.Tensor> ends(Json ends) {
    if (ends.isObject()) {
      return ends.keys().stream().flatMap(name -> ends(ends.get(name)).stream()).toList();
    }
    List<Json> list = ends.elements();
    if (!list.isEmpty() && list.get(0).isString()) {
      return List.of(tensor(ends));
    }
    return list.stream().map(CallParser::tensor).toList();
  }

  private void oldNode(Json node) {
    List<Json> parts = node.elements();
    if (!parts.isEmpty() && parts.get(0).isString()) { // one tensor without the list around it
      parts = List.of(node);
    }
    for (Json part : parts) {
      oldOperand(part);
    }
    List<Json> first = parts.isEmpty() ? List.of() : parts.get(0).elements();
    if (first.size() > 3) {
      keywords(first.get(3)); // the same behind each tensor
    }
  }

  /** A layer's name and two indices, or a number in the place of the second. */
  private void oldOperand(Json operand) {
    List<Json> parts = operand.elements();
    boolean constant =
        parts.size() >= 3 && parts.get(0).isString() && parts.get(0).string().equals(CONSTANT);
    if (constant && parts.get(2).isNumber()) {
      operands.add(new Operand.Constant(List.of(ConfigValues.number(parts.get(2))), 0));
    } else if (constant && parts.get(2).isArray()) {
      operands.add(ArrayConstant.ofElements(parts.get(2)));
    } else {
      operands.add(tensor(operand));
    }
  }

  private void arguments(Json value) {
    if (value.isArray()) {
      for (Json element : value.elements()) {
        arguments(element);
      }
    } else if (value.isNumber()) {
      operands.add(new Operand.Constant(List.of(ConfigValues.number(value)), 0));
    } else if (ArrayConstant.is(value)) {
      operands.add(ArrayConstant.read(value));
    } else if (value.isObject()) {
      Json history = value.find("config").find("keras_history");
      if (!history.isNull()) {
        Operand.Tensor tensor = tensor(history);
        operands.add(new Operand.Tensor(tensor.layer(), tensor.call(), tensor.output(), false));
      } else if (!value.has("class_name")) { // a dictionary
        value.keys().forEach(name -> arguments(value.get(name)));
      }
    }
  }

  private void keywords(Json keywords) {
    Json mode = keywords.find("training");
    training |= ConfigValues.truth(mode, false);
    for (String name : keywords.isObject() ? keywords.keys() : Set.<String>of()) {
      Json value = keywords.get(name);
      boolean other =
          ofTensorFlow
              ? !TensorFlowFunctions.OPERANDS.contains(name)
              : OTHER_ARGUMENTS.contains(name);
      if (other) {
        continue;
      }
      if (value.isArray() && isOldTensor(value)) {
        operands.add(tensor(value));
      } else if (ofTensorFlow && value.isArray()) {
        operands.add(ArrayConstant.ofElements(value));
      } else {
        arguments(value);
      }
    }
  }

  private static boolean isOldTensor(Json value) {
    List<Json> parts = value.elements();
    return parts.size() >= 3
        && parts.get(0).isString()
        && parts.get(1).isNumber()
        && parts.get(2).isNumber();
  }

  private static Operand.Tensor tensor(Json value) {
    List<Json> parts = value.elements();
    if (parts.size() < 3) {
      throw value.unexpected("a layer's name and two indices");
    }
    return new Operand.Tensor(
        parts.get(0).string(), parts.get(1).integer(), parts.get(2).integer(), true);
  }
}
