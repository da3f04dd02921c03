package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;

/** Arrays put behind each other: concatenation, and padding as concatenation with zeros. */
final class JoiningLayers {

  private final Graph graph;

  JoiningLayers(Graph graph) {
    this.graph = graph;
  }

  Value concatenate(List<Value> sources, int axis, Shape shape) {
    Scale scale = graph.numbers().result();
    List<Value> alike =
        scale == null
            ? graph.alike(sources.stream().map(graph::unquantized).toList())
            : sources.stream().map(source -> graph.quantized(source, scale)).toList();
    return concatenate(alike, Map.of(), axis, shape);
  }

  Value pad(Value source, Layer.ZeroPadding2D layer) {
    Value rows = pad(source, 0, layer.top(), layer.bottom());
    return pad(rows, 1, layer.left(), layer.right());
  }

  private Value concatenate(
      List<Value> sources, Map<Integer, memory> constants, int axis, Shape shape) {
    memory_desc_vector layouts = new memory_desc_vector();
    Map<Integer, Value> values = Graph.arguments();
    int count = sources.size() + constants.size();
    int next = 0;
    for (int i = 0; i < count; i++) {
      memory constant = constants.get(DNNL_ARG_MULTIPLE_SRC + i);
      if (constant != null) {
        layouts.push_back(constant.get_desc());
      } else {
        Value source = sources.get(next++);
        layouts.push_back(source.layout());
        values.put(DNNL_ARG_MULTIPLE_SRC + i, source);
      }
    }
    Value first = sources.get(0);
    Value result = graph.value(shape, Layouts.plain(first.type(), shape), first.step());
    values.put(DNNL_ARG_DST, result);
    concat.primitive_desc description =
        new concat.primitive_desc(
            graph.engine(),
            result.layout(),
            Layouts.axis(shape, axis),
            layouts,
            graph.attributes(),
            false);
    graph.step(description, new concat(description), values, constants);
    return result;
  }

  private Value pad(Value source, int axis, int before, int after) {
    if (before + after == 0) {
      return source;
    }
    Map<Integer, memory> zeros = Graph.arguments();
    if (before > 0) {
      zeros.put(DNNL_ARG_MULTIPLE_SRC, zeros(source, axis, before));
    }
    if (after > 0) {
      int last = DNNL_ARG_MULTIPLE_SRC + zeros.size() + 1;
      zeros.put(last, zeros(source, axis, after));
    }
    int extent = source.shape().extent(axis) + before + after;
    return concatenate(List.of(source), zeros, axis, source.shape().with(axis, extent));
  }

  private memory zeros(Value source, int axis, int extent) {
    Shape shape = source.shape().with(axis, extent);
    return graph.zeros(Layouts.plain(source.type(), shape), shape);
  }
}
