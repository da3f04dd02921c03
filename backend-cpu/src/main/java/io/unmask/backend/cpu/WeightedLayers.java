package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.unmask.network.Activation;
import io.unmask.network.Extent;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/** Convolutions and dense layers, with the sum and the activation that they take in. */
final class WeightedLayers {

  private static final int INFERENCE = prop_kind.forward_inference.value;

  /** The highest integer that a weight becomes. */
  private static final int HIGHEST = 127;

  /** Two products of this with 255 can be added in 16 bits, signed. */
  private static final int HIGHEST_WITHOUT_VNNI = 64;

  /**
   * What follows the matrix product.
   *
   * @param summand a value to add, or null
   * @param inPlace whether the result may take the summand's place
   * @param activation what is applied last, or null
   */
  record Tail(@Nullable Value summand, boolean inPlace, @Nullable Activation activation) {}

  /** A kernel as oneDNN describes it: in the order of its choice, and as it comes. */
  private record Kernel(
      Weights weights, memory.data_type factors, memory.desc any, memory.desc plain) {
    static Kernel of(Weights weights, memory.data_type factors, long[] dims, long... strides) {
      boolean quantized = factors == memory.data_type.u8 || factors == memory.data_type.s8;
      return quantized
          ? new Kernel(
              weights,
              factors,
              Layouts.any(memory.data_type.s8, dims),
              new memory.desc(dims, memory.data_type.s8, strides))
          : new Kernel(
              weights, factors, Layouts.any(factors, dims), Layouts.strided(dims, strides));
    }
  }

  private final Graph graph;

  WeightedLayers(Graph graph) {
    this.graph = graph;
  }

  Value convolution(Layer.Conv2D layer, Value source, Border border, Shape shape, Tail tail) {
    Weights weights = layer.kernel();
    long rows = weights.shape().extent(0);
    long columns = weights.shape().extent(1);
    long inputs = weights.shape().extent(2);
    long outputs = weights.shape().extent(3);
    int groups = layer.groups();
    long column = inputs * outputs;
    Kernel kernel =
        groups == 1
            ? Kernel.of(
                weights,
                factors(tail.summand()),
                new long[] {outputs, inputs, rows, columns},
                1,
                outputs,
                columns * column,
                column)
            : Kernel.of(
                weights,
                factors(tail.summand()),
                new long[] {groups, outputs / groups, inputs, rows, columns},
                outputs / groups,
                1,
                outputs,
                columns * column,
                column);
    return convolve(kernel, layer.bias(), layer.window(), source, border, shape, tail);
  }

  Value depthwise(
      Layer.DepthwiseConv2D layer, Value source, Border border, Shape shape, Tail tail) {
    Weights weights = layer.kernel();
    long rows = weights.shape().extent(0);
    long columns = weights.shape().extent(1);
    long channels = weights.shape().extent(2);
    long multiplier = weights.shape().extent(3);
    long point = channels * multiplier;
    Kernel kernel =
        Kernel.of(
            weights,
            factors(tail.summand()),
            new long[] {channels, multiplier, 1, rows, columns},
            multiplier,
            1,
            point,
            columns * point,
            point);
    return convolve(kernel, layer.bias(), layer.window(), source, border, shape, tail);
  }

  private Value convolve(
      Kernel kernel,
      @Nullable Weights bias,
      Window window,
      Value source,
      Border border,
      Shape shape,
      Tail tail) {
    Extent rows = window.rows(source.shape().extent(0) + border.top() + border.bottom());
    Extent columns = window.columns(source.shape().extent(1) + border.left() + border.right());
    Value summand = tail.summand();
    Scale scale = graph.numbers().source();
    Scale resultScale = graph.numbers().result();
    memory.desc wanted =
        summand == null || resultScale != null
            ? Layouts.any(graph.numbers().results(), Layouts.dims(shape))
            : summand.layout();
    Map<Integer, memory> constants = Graph.arguments();
    Map<Integer, Value> values = Graph.arguments();
    primitive_attr attributes = attributes(tail, values);
    QuantizedKernel integers = null;
    if (scale != null) {
      constants.put(Graph.scaled(attributes, DNNL_ARG_SRC), graph.constant(scale.step()));
      integers = quantized(kernel, shape.channels(), attributes, constants);
    }
    if (scale != null && resultScale != null) {
      constants.put(Graph.scaled(attributes, DNNL_ARG_DST), graph.constant(resultScale.step()));
    }
    convolution_forward.primitive_desc description =
        new convolution_forward.primitive_desc(
            graph.engine(),
            INFERENCE,
            algorithm.convolution_direct.value,
            Layouts.any(kernel.factors(), Layouts.dims(source.shape())),
            kernel.any(),
            bias == null ? new memory.desc() : Layouts.vector(bias.size()),
            wanted,
            new long[] {window.stride().height(), window.stride().width()},
            new long[] {window.dilation().height() - 1, window.dilation().width() - 1},
            new long[] {rows.before() + border.top(), columns.before() + border.left()},
            new long[] {rows.after() + border.bottom(), columns.after() + border.right()},
            attributes,
            false);
    constants.put(DNNL_ARG_WEIGHTS, packed(kernel, integers, description.weights_desc()));
    putBias(bias, constants);
    values.put(DNNL_ARG_SRC, graph.in(description.src_desc(), source, scale));
    Value result =
        summand != null && tail.inPlace()
            ? graph.alias(shape, description.dst_desc(), summand)
            : graph.value(
                shape, description.dst_desc(), resultScale == null ? 1 : resultScale.step());
    values.put(DNNL_ARG_DST, result);
    graph.step(description, new convolution_forward(description), values, constants);
    return result;
  }

  private QuantizedKernel quantized(
      Kernel kernel, int channels, primitive_attr attributes, Map<Integer, memory> constants) {
    boolean narrow =
        kernel.factors() == memory.data_type.u8 && !Processor.addsUpInt8(OneDnn.instructions());
    QuantizedKernel quantized =
        new QuantizedKernel(kernel.weights(), narrow ? HIGHEST_WITHOUT_VNNI : HIGHEST);
    attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1);
    memory.desc vector = Layouts.vector(channels);
    constants.put(
        DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS,
        graph.constant(quantized::steps, (long) channels * Float.BYTES, vector, vector));
    return quantized;
  }

  private memory packed(Kernel kernel, @Nullable QuantizedKernel integers, memory.desc wanted) {
    return integers == null
        ? graph.constant(kernel.weights(), kernel.plain(), wanted)
        : graph.constant(integers::integers, kernel.weights().size(), kernel.plain(), wanted);
  }

  /** What is added to bfloat16 numbers can only be a product of such numbers. */
  private memory.data_type factors(@Nullable Value summand) {
    return summand != null && summand.type() == memory.data_type.bf16
        ? summand.type()
        : graph.numbers().factors();
  }

  /**
   * A matrix product along the last axis, every other position a row. A single row is left in
   * single precision: so are the last layers of a classifier, which take no time.
   */
  Value dense(Layer.Dense layer, Value source, Shape shape, Tail tail) {
    long inputs = layer.kernel().shape().extent(0);
    long units = layer.kernel().shape().extent(1);
    long rows = source.shape().size() / inputs;
    Weights bias = layer.bias();
    memory.data_type factors = rows == 1 ? memory.data_type.f32 : graph.numbers().factors();
    Map<Integer, memory> constants = Graph.arguments();
    Map<Integer, Value> values = Graph.arguments();
    inner_product_forward.primitive_desc description =
        new inner_product_forward.primitive_desc(
            graph.engine(),
            INFERENCE,
            Layouts.matrix(factors, rows, inputs),
            Layouts.any(factors, units, inputs),
            bias == null ? new memory.desc() : Layouts.vector(units),
            Layouts.matrix(rows, units),
            attributes(tail, values),
            false);
    memory.desc kernel = Layouts.strided(new long[] {units, inputs}, new long[] {1, units});
    constants.put(
        DNNL_ARG_WEIGHTS, graph.constant(layer.kernel(), kernel, description.weights_desc()));
    putBias(bias, constants);
    Value plain = graph.in(Layouts.plain(factors, source.shape()), source);
    Value flat = graph.alias(source.shape(), Layouts.matrix(factors, rows, inputs), plain);
    Value result = graph.value(shape, Layouts.matrix(rows, units));
    values.put(DNNL_ARG_SRC, flat);
    values.put(DNNL_ARG_DST, result);
    graph.step(description, new inner_product_forward(description), values, constants);
    return graph.alias(shape, Layouts.plain(shape), result);
  }

  private void putBias(@Nullable Weights bias, Map<Integer, memory> constants) {
    if (bias != null) {
      memory.desc vector = Layouts.vector(bias.size());
      constants.put(DNNL_ARG_BIAS, graph.constant(bias, vector, vector));
    }
  }

  private primitive_attr attributes(Tail tail, Map<Integer, Value> values) {
    primitive_attr attributes = graph.attributes();
    post_ops operations = new post_ops();
    Value summand = tail.summand();
    if (summand != null && tail.inPlace()) {
      operations.append_sum();
    } else if (summand != null) {
      operations.append_binary(algorithm.binary_add.value, summand.layout());
      values.put(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, summand);
    }
    if (tail.activation() != null) {
      for (Eltwise eltwise : Eltwise.of(tail.activation())) {
        operations.append_eltwise(eltwise.function(), eltwise.alpha(), eltwise.beta());
      }
    }
    attributes.set_post_ops(operations);
    return attributes;
  }
}
