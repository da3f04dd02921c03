package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.Map;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** Transposed convolutions, without their activation. */
final class Deconvolution {

  private final Graph graph;

  Deconvolution(Graph graph) {
    this.graph = graph;
  }

  Value transposed(Layer.Conv2DTranspose layer, Value source, Shape shape) {
    Weights kernel = layer.kernel();
    Weights bias = layer.bias();
    Window window = layer.window();
    long rows = kernel.shape().extent(0);
    long columns = kernel.shape().extent(1);
    long outputs = kernel.shape().extent(2);
    long inputs = kernel.shape().extent(3);
    long[] dims = {outputs, inputs, rows, columns};
    long point = outputs * inputs;
    memory.desc plain = Layouts.strided(dims, new long[] {inputs, 1, columns * point, point});
    long stride = window.stride().height();
    long step = window.stride().width();
    long below = (source.shape().extent(0) - 1) * stride + rows - layer.top() - shape.extent(0);
    long behind = (source.shape().extent(1) - 1) * step + columns - layer.left() - shape.extent(1);
    deconvolution_forward.primitive_desc description =
        new deconvolution_forward.primitive_desc(
            graph.engine(),
            prop_kind.forward_inference.value,
            algorithm.deconvolution_direct.value,
            Layouts.any(Layouts.dims(source.shape())),
            Layouts.any(dims),
            bias == null ? new memory.desc() : Layouts.vector(bias.size()),
            Layouts.any(Layouts.dims(shape)),
            new long[] {stride, step},
            new long[] {0, 0},
            new long[] {layer.top(), layer.left()},
            new long[] {below, behind},
            graph.attributes(),
            false);
    Map<Integer, memory> constants = Graph.arguments();
    constants.put(DNNL_ARG_WEIGHTS, graph.constant(kernel, plain, description.weights_desc()));
    if (bias != null) {
      memory.desc vector = Layouts.vector(bias.size());
      constants.put(DNNL_ARG_BIAS, graph.constant(bias, vector, vector));
    }
    Value result = graph.value(shape, description.dst_desc());
    Value input = graph.in(description.src_desc(), source);
    graph.step(
        description,
        new deconvolution_forward(description),
        Graph.between(input, result),
        constants);
    return result;
  }
}
