package io.unmask.keras;

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
    for (Json node : inboundNodes.list("inbound_nodes")) {
      CallParser parser = new CallParser();
      if (node.isList()) {
        parser.oldNode(node);
      } else if (node.isObject()) {
        parser.arguments(node.get("args"));
        parser.keywords(node.get("kwargs"));
      } else {
        throw node.unlike("inbound_nodes", "a list of calls");
      }
      calls.add(new Call(List.copyOf(parser.operands), parser.training));
    }
    return calls;
  }

  /** The tensors of {@code input_layers} or {@code output_layers}, one or a list. */
  static List<Operand.Tensor> ends(Json ends, String what) {
    List<Json> list = ends.list(what);
    if (!list.isEmpty() && list.get(0).isText()) {
      return List.of(tensor(ends, what));
    }
    return list.stream().map(end -> tensor(end, what)).toList();
  }

  private void oldNode(Json node) {
    List<Json> parts = node.list("inbound_nodes");
    if (!parts.isEmpty() && parts.get(0).isText()) { // one tensor without the list around it
      oldTensor(node);
      return;
    }
    for (Json part : parts) {
      oldTensor(part);
    }
  }

  private void oldTensor(Json tensor) {
    operands.add(tensor(tensor, "inbound_nodes"));
    List<Json> parts = tensor.list("inbound_nodes");
    if (parts.size() > 3) {
      keywords(parts.get(3));
    }
  }

  private void arguments(Json value) {
    if (value.isList()) {
      for (Json element : value.list("args")) {
        arguments(element);
      }
    } else if (value.isNumber()) {
      operands.add(new Operand.Constant(value.number("args")));
    } else if (value.isObject()) {
      Json history = value.get("config").get("keras_history");
      if (!history.isNull()) {
        Operand.Tensor tensor = tensor(history, "keras_history");
        operands.add(new Operand.Tensor(tensor.layer(), tensor.call(), tensor.output(), false));
      }
    }
  }

  private void keywords(Json keywords) {
    Json mode = keywords.get("training");
    training |= !mode.isNull() && mode.truth("training", false);
    for (Json value : keywords.valuesWithout(OTHER_ARGUMENTS)) {
      if (value.isList() && isOldTensor(value)) {
        oldTensor(value);
      } else {
        arguments(value);
      }
    }
  }

  private static boolean isOldTensor(Json value) {
    List<Json> parts = value.list("inbound_nodes");
    return parts.size() >= 3
        && parts.get(0).isText()
        && parts.get(1).isNumber()
        && parts.get(2).isNumber();
  }

  private static Operand.Tensor tensor(Json value, String what) {
    List<Json> parts = value.list(what);
    if (parts.size() < 3) {
      throw value.unlike(what, "a layer's name and two indices");
    }
    return new Operand.Tensor(
        parts.get(0).text(what), parts.get(1).integer(what), parts.get(2).integer(what), true);
  }
}
