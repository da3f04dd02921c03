package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
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
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Sums, products and what is made of them, element by element. */
final class BinaryLayers {

  /** So many numbers fill the widest vectors. */
  private static final int FEW = 16;

  private final Graph graph;

  BinaryLayers(Graph graph) {
    this.graph = graph;
  }

  /**
   * {@code x * factor + offset}, with one pair or one a channel, in one step. Where the channels
   * are few, whole rows are taken for them: oneDNN needs many to fill its vectors.
   */
  Value scaleAndShift(Value source, double[] factors, double[] offsets) {
    Value single = graph.single(source);
    Shape shape = single.shape();
    boolean byRows =
        shape.rank() == 3 && shape.channels() < FEW && single.layout().equals(Layouts.plain(shape));
    Value seen = byRows ? rows(single) : single;
    Value result = graph.value(seen.shape(), seen.layout());
    memory offset = repeated(offsets, seen.shape());
    post_ops operations = new post_ops();
    operations.append_binary(algorithm.binary_add.value, offset.get_desc());
    primitive_attr attributes = graph.attributes();
    attributes.set_post_ops(operations);
    step(
        algorithm.binary_mul,
        seen.layout(),
        offset.get_desc(),
        result,
        attributes,
        Map.of(DNNL_ARG_SRC_0, seen, DNNL_ARG_DST, result),
        Map.of(
            DNNL_ARG_SRC_1,
            repeated(factors, seen.shape()),
            DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1,
            offset));
    return graph.alias(shape, single.layout(), result);
  }

  /** A feature map in row-major order with the numbers of each row for its channels. */
  private Value rows(Value plain) {
    Shape shape = plain.shape();
    Shape rows = Shape.of(shape.extent(0), 1, shape.extent(1) * shape.channels());
    return graph.alias(rows, Layouts.plain(rows), plain);
  }

  /** The values again and again, as many as there are channels. */
  private memory repeated(double[] values, Shape shape) {
    double[] all = new double[shape.channels()];
    Arrays.setAll(all, i -> values[i % values.length]);
    return constant(shape.rank(), all);
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
        graph.attributes(),
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
        graph.attributes(),
        Map.of(DNNL_ARG_SRC_0, first, DNNL_ARG_SRC_1, second, DNNL_ARG_DST, result),
        Map.of());
    return result;
  }

  private Value withConstant(algorithm operation, Value source, double... values) {
    memory constant = constant(source.shape().rank(), values);
    Value result = graph.value(source.shape(), source.layout());
    step(
        operation,
        source.layout(),
        constant.get_desc(),
        result,
        graph.attributes(),
        Map.of(DNNL_ARG_SRC_0, source, DNNL_ARG_DST, result),
        Map.of(DNNL_ARG_SRC_1, constant));
    return result;
  }

  /** An array that has more than one element along its last axis alone. */
  private memory constant(int rank, double... values) {
    int[] extents = new int[rank];
    Arrays.fill(extents, 1);
    extents[rank - 1] = values.length;
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return graph.constant(Layouts.plain(Shape.of(extents)), rounded);
  }

  private void step(
      algorithm operation,
      memory.desc first,
      memory.desc second,
      Value result,
      primitive_attr attributes,
      Map<Integer, Value> values,
      Map<Integer, memory> constants) {
    binary.primitive_desc description =
        new binary.primitive_desc(
            graph.engine(), operation.value, first, second, result.layout(), attributes, false);
    graph.step(description, new binary(description), values, constants);
  }
}
