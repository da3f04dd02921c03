package io.unmask.keras.layers;

import io.unmask.keras.config.Call;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.config.Operand;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks the graph of a functional model, each use of a layer after those that it reads. */
public final class FunctionalModel {

  /** Adds one use of a layer to the network. */
  @FunctionalInterface
  interface Use {
    /** Returns the nodes that come out. */
    List<Integer> add(LayerConfig layer, int call, List<Resolved> operands);
  }

  /** Written out what records are given, which Java would make up when a process starts. */
  private record Step(LayerConfig layer, int call) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Step step && layer.equals(step.layer) && call == step.call;
    }

    @Override
    public int hashCode() {
      return 31 * layer.hashCode() + call;
    }
  }

  private final ModelConfig model;
  private final Use use;
  private final Map<String, LayerConfig> layers = new LinkedHashMap<>();
  private final Map<Step, List<Integer>> done = new HashMap<>();
  private final Set<Step> begun = new HashSet<>();

  /** How many operands of a step are known to be done, so that none is looked at twice. */
  private final Map<Step, Integer> ready = new HashMap<>();

  private final Map<String, Integer> firstCall = new HashMap<>();

  private FunctionalModel(ModelConfig model, Use use) {
    this.model = model;
    this.use = use;
  }

  /** Adds all of a model, reading the given nodes, and returns the nodes that come out. */
  static List<Integer> inline(ModelConfig model, List<Integer> inputs, Use use) {
    return new FunctionalModel(model, use).inline(inputs);
  }

  public static DefectException namesake(LayerConfig layer) {
    return new DefectException(
        "two layers are named '" + layer.name() + "'; give each its own name and save again");
  }

  /** The only node of a layer's outputs, for a reader that takes one. */
  static int only(List<Integer> outputs, LayerConfig reader) {
    if (outputs.size() != 1) {
      throw new DefectException(
          reader.described() + " follows a model with several outputs; save the model again");
    }
    return outputs.get(0);
  }

  private List<Integer> inline(List<Integer> inputs) {
    for (LayerConfig layer : model.layers()) {
      if (layers.put(layer.name(), layer) != null) {
        throw namesake(layer);
      }
    }
    begin(inputs);
    findFirstCalls();
    for (LayerConfig layer : model.layers()) {
      for (int call = 0; !layer.isInput() && call < layer.calls().size(); call++) {
        addWithOperands(new Step(layer, call));
      }
    }
    List<Integer> outputs = new ArrayList<>();
    for (Operand.Tensor end : model.outputs()) {
      outputs.add(output(end));
    }
    return outputs;
  }

  /** The values that come in are what its input layers put out, in their order. */
  private void begin(List<Integer> inputs) {
    int wanted = model.inputs().size();
    if (wanted > 1 && model.config().find("input_layers").isObject()) {
      throw new UnsupportedException(
          "model '%s' has a dictionary of %d inputs; build it with a list of them"
              .formatted(model.name(), wanted));
    }
    if (wanted != inputs.size()) {
      throw new DefectException(
          "model '%s' has %d inputs, but gets %d; save the model again"
              .formatted(model.name(), wanted, inputs.size()));
    }
    for (int i = 0; i < wanted; i++) {
      LayerConfig entry = layer(model.inputs().get(i).layer(), () -> "input_layers");
      done.put(new Step(entry, 0), List.of(inputs.get(i)));
    }
  }

  /** How often a layer is called; the value that comes in counts as a call of its input layer. */
  private static int calls(LayerConfig layer) {
    return layer.isInput() ? 1 : layer.calls().size();
  }

  /**
   * Keras 2 counts the calls of nested models from 1, for their own input is call 0; Keras 3 does
   * so only in {@code output_layers}. An index that is too large tells, if none is 0.
   */
  private void findFirstCalls() {
    Map<String, Boolean> old = new HashMap<>();
    Map<String, Integer> largest = new HashMap<>();
    Set<String> fromZero = new HashSet<>();
    for (LayerConfig layer : model.layers()) {
      for (Call call : layer.calls()) {
        for (Operand operand : call.operands()) {
          if (operand instanceof Operand.Tensor tensor) {
            largest.merge(tensor.layer(), tensor.call(), Math::max);
            if (tensor.call() == 0) {
              fromZero.add(tensor.layer());
            }
            old.merge(tensor.layer(), tensor.oldNotation(), Boolean::logicalOr);
          }
        }
      }
    }
    for (Operand.Tensor end : model.outputs()) {
      if (old.getOrDefault(end.layer(), false)) {
        largest.merge(end.layer(), end.call(), Math::max);
      }
    }
    for (LayerConfig layer : model.layers()) {
      boolean fromOne =
          layer.nested() != null
              && !fromZero.contains(layer.name())
              && largest.getOrDefault(layer.name(), 0) >= layer.calls().size();
      firstCall.put(layer.name(), fromOne ? 1 : 0);
    }
  }

  private int output(Operand.Tensor end) {
    LayerConfig layer = layer(end.layer(), () -> "output_layers");
    int call = end.call();
    if (layer.nested() != null && call > 0) {
      boolean fromOne = !layer.nested().sequential() || call >= layer.calls().size();
      call -= fromOne ? 1 : 0;
    } else if (layer.nested() != null && !layer.nested().sequential()) {
      call = layer.calls().size() - 1; // as Python's index of -1
    }
    return node(layer, call, end.output());
  }

  private void addWithOperands(Step wanted) {
    Deque<Step> stack = new ArrayDeque<>();
    stack.push(wanted);
    while (!stack.isEmpty()) {
      Step step = stack.peek();
      if (done.containsKey(step)) {
        stack.pop();
        continue;
      }
      Step missing = firstMissing(step);
      if (missing == null) {
        stack.pop();
        done.put(step, use.add(step.layer(), step.call(), resolve(step)));
        continue;
      }
      begun.add(step);
      if (begun.contains(missing)) {
        throw new DefectException(
            step.layer().described()
                + " depends on its own output by way of '"
                + missing.layer().name()
                + "'; the file is damaged: save the model again");
      }
      stack.push(missing);
    }
  }

  private @Nullable Step firstMissing(Step step) {
    List<Operand> operands = step.layer().calls().get(step.call()).operands();
    for (int i = ready.getOrDefault(step, 0); i < operands.size(); i++) {
      ready.put(step, i);
      if (operands.get(i) instanceof Operand.Tensor tensor) {
        LayerConfig read = layer(tensor.layer(), step.layer()::described);
        Step needed = new Step(read, call(read, tensor));
        if (!done.containsKey(needed)) {
          if (read.isInput()) {
            throw new UnsupportedException(
                read.described() + " is a second input; exactly one is supported");
          }
          return needed;
        }
      }
    }
    return null;
  }

  private List<Resolved> resolve(Step step) {
    List<Resolved> operands = new ArrayList<>();
    for (Operand operand : step.layer().calls().get(step.call()).operands()) {
      if (operand instanceof Operand.Tensor tensor) {
        LayerConfig read = layer(tensor.layer(), step.layer()::described);
        operands.add(new Resolved.Node(node(read, call(read, tensor), tensor.output())));
      } else if (operand instanceof Operand.Constant constant) {
        operands.add(new Resolved.Constant(constant.values(), constant.rank()));
      }
    }
    return operands;
  }

  private int call(LayerConfig read, Operand.Tensor tensor) {
    int call = tensor.call() - firstCall.getOrDefault(read.name(), 0);
    if (call < 0 || call >= calls(read)) {
      throw new DefectException(
          "call %d of %s is read, but it is called %d time(s); save the model again"
              .formatted(tensor.call(), read.described(), calls(read)));
    }
    return call;
  }

  private int node(LayerConfig layer, int call, int output) {
    List<Integer> outputs = done.get(new Step(layer, call));
    if (outputs == null || output < 0 || output >= outputs.size()) {
      throw new DefectException(
          "output %d of call %d of %s is read, but does not exist; save the model again"
              .formatted(output, call, layer.described()));
    }
    return outputs.get(output);
  }

  private LayerConfig layer(String name, Supplier<String> reader) {
    LayerConfig layer = layers.get(name);
    if (layer == null) {
      List<String> known = new ArrayList<>(layers.keySet());
      throw new DefectException(
          "%s reads layer '%s', which is not in model '%s' (it has %s); save the model again"
              .formatted(
                  reader.get(),
                  name,
                  model.name(),
                  known.size() > 12
                      ? known.size() + " others"
                      : Arrays.toString(known.toArray(new String[0]))));
    }
    return layer;
  }
}
