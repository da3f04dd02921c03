package io.unmask.keras;

import io.unmask.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code inbound_nodes} in both notations: Keras 2's {@code [[["conv", 0, 0, {}]]]} and Keras
 * 3's {@code [{"args": [tensor], "kwargs": {}}]}, whose tensors say {@code "keras_history"}.
 */
final class CallParser {

  /** Arguments that are no operands. */
  private static final List<String> OTHER_ARGUMENTS =
      List.of("mask", "training", "name", "initial_state", "constants");

  private final List<Operand> operands = new ArrayList<>();
  private boolean training;

  private CallParser() {}

  static List<Call> calls(Json inboundNodes) {
    if (inboundNodes.isNull()) {
      return List.of();
    }
    List<Call> calls = new ArrayList<>();
    for (Json node : inboundNodes.elements()) {
      CallParser parser = new CallParser();
      if (node.isArray()) {
        parser.oldNode(node);
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

  /** The tensors of {@code input_layers} or {@code output_layers}, one or a list. */
  static List<Operand.Tensor> ends(Json ends) {
    List<Json> list = ends.elements();
    if (!list.isEmpty() && list.get(0).isString()) {
      return List.of(tensor(ends));
    }
    return list.stream().map(CallParser::tensor).toList();
  }

  private void oldNode(Json node) {
    List<Json> parts = node.elements();
    if (!parts.isEmpty() && parts.get(0).isString()) { // one tensor without the list around it
      oldTensor(node);
      return;
    }
    for (Json part : parts) {
      oldTensor(part);
    }
  }

  private void oldTensor(Json tensor) {
    operands.add(tensor(tensor));
    List<Json> parts = tensor.elements();
    if (parts.size() > 3) {
      keywords(parts.get(3));
    }
  }

  private void arguments(Json value) {
    if (value.isArray()) {
      for (Json element : value.elements()) {
        arguments(element);
      }
    } else if (value.isNumber()) {
      operands.add(new Operand.Constant(List.of(Values.number(value)), 0));
    } else if (ArrayConstant.is(value)) {
      operands.add(ArrayConstant.read(value));
    } else if (value.isObject()) {
      Json history = value.find("config").find("keras_history");
      if (!history.isNull()) {
        Operand.Tensor tensor = tensor(history);
        operands.add(new Operand.Tensor(tensor.layer(), tensor.call(), tensor.output(), false));
      }
    }
  }

  private void keywords(Json keywords) {
    Json mode = keywords.find("training");
    training |= Values.truth(mode, false);
    for (Json value : Values.valuesWithout(keywords, OTHER_ARGUMENTS)) {
      if (value.isArray() && isOldTensor(value)) {
        oldTensor(value);
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
