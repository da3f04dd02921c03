package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.unmask.network.Activation;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Sums, products and what is made of them, element by element. */
final class BinaryLayers {

  private final Graph graph;

  BinaryLayers(Graph graph) {
    this.graph = graph;
  }

  /** {@code x * factor + offset}, with one pair or one a channel. */
  Value scaleAndShift(Value source, double[] factors, double[] offsets) {
    Value scaled = withConstant(algorithm.binary_mul, graph.single(source), factors);
    return withConstant(algorithm.binary_add, scaled, offsets);
  }

  /** All values combined; extents of 1 are repeated. */
  Value combine(algorithm operation, List<Value> mixed, Shape shape) {
    List<Value> values = graph.alike(mixed);
    List<Value> rest = new ArrayList<>(values);
    Value result = null;
    for (int i = 0; i < rest.size() && result == null; i++) {
      if (rest.get(i).shape().equals(shape)) {
        result = rest.remove(i);
      }
    }
    if (result == null) {
      result = spread(rest.remove(0), shape);
    }
    for (Value value : rest) {
      result = apply(operation, result, value);
    }
    return result;
  }

  /** Repeats a value to a larger shape, by adding it to zeros. */
  private Value spread(Value value, Shape shape) {
    memory.desc layout = Layouts.plain(value.type(), shape);
    memory zeros = graph.zeros(layout, shape);
    Value result = graph.value(shape, layout);
    step(
        algorithm.binary_add,
        layout,
        value.layout(),
        result,
        Map.of(DNNL_ARG_SRC_1, value, DNNL_ARG_DST, result),
        Map.of(DNNL_ARG_SRC_0, zeros));
    return result;
  }

  /**
   * The rectifier with all its parameters, as {@code below + (x >= threshold) * (above - below)}
   * with {@code above = min(x, maximum)} and {@code below = slope * (x - threshold)}.
   */
  Value generalRelu(Value source, Activation.Relu relu) {
    Value x = graph.single(source);
    Value open = withConstant(algorithm.binary_ge, x, relu.threshold());
    Value above = withConstant(algorithm.binary_min, x, Math.min(relu.maximum(), Float.MAX_VALUE));
    Value shifted = withConstant(algorithm.binary_sub, x, relu.threshold());
    Value below = withConstant(algorithm.binary_mul, shifted, relu.negativeSlope());
    Value difference = apply(algorithm.binary_sub, above, below);
    Value chosen = apply(algorithm.binary_mul, difference, open);
    return apply(algorithm.binary_add, chosen, below);
  }

  /** Two values of one shape and layout. */
  Value apply(algorithm operation, Value first, Value second) {
    Value result = graph.value(first.shape(), first.layout());
    step(
        operation,
        first.layout(),
        second.layout(),
        result,
        Map.of(DNNL_ARG_SRC_0, first, DNNL_ARG_SRC_1, second, DNNL_ARG_DST, result),
        Map.of());
    return result;
  }

  private Value withConstant(algorithm operation, Value source, double... values) {
    int[] extents = new int[source.shape().rank()];
    Arrays.fill(extents, 1);
    extents[extents.length - 1] = values.length;
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    memory.desc layout = Layouts.plain(Shape.of(extents));
    memory constant = graph.constant(layout, rounded);
    Value result = graph.value(source.shape(), source.layout());
    step(
        operation,
        source.layout(),
        layout,
        result,
        Map.of(DNNL_ARG_SRC_0, source, DNNL_ARG_DST, result),
        Map.of(DNNL_ARG_SRC_1, constant));
    return result;
  }

  private void step(
      algorithm operation,
      memory.desc first,
      memory.desc second,
      Value result,
      Map<Integer, Value> values,
      Map<Integer, memory> constants) {
    binary.primitive_desc description =
        new binary.primitive_desc(
            graph.engine(),
            operation.value,
            first,
            second,
            result.layout(),
            graph.attributes(),
            false);
    graph.step(description, new binary(description), values, constants);
  }
}
