package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/** Layer normalisation: an array seen as rows along its last axis, each normalised by itself. */
final class RowNormalization {

  private final Graph graph;

  RowNormalization(Graph graph) {
    this.graph = graph;
  }

  Value normalize(Value source, Layer.LayerNormalization layer) {
    Shape shape = source.shape();
    int channels = shape.channels();
    memory.desc rows = Layouts.matrix(shape.size() / channels, channels);
    Value plain = graph.plain(source);
    Value result = graph.value(shape, Layouts.plain(shape));
    Map<Integer, memory> constants = Graph.arguments();
    int flags = 0;
    flags |= put(layer.gamma(), DNNL_ARG_SCALE, dnnl.dnnl_use_scale, constants);
    flags |= put(layer.beta(), DNNL_ARG_SHIFT, dnnl.dnnl_use_shift, constants);
    layer_normalization_forward.primitive_desc description =
        new layer_normalization_forward.primitive_desc(
            graph.engine(),
            prop_kind.forward_inference.value,
            rows,
            rows,
            (float) layer.epsilon(),
            flags,
            graph.attributes(),
            false);
    graph.step(
        description,
        new layer_normalization_forward(description),
        Map.of(
            DNNL_ARG_SRC,
            graph.alias(shape, rows, plain),
            DNNL_ARG_DST,
            graph.alias(shape, rows, result)),
        constants);
    return result;
  }

  private int put(
      @Nullable Weights weights, int argument, int flag, Map<Integer, memory> constants) {
    if (weights == null) {
      return 0;
    }
    memory.desc vector = Layouts.vector(weights.size());
    constants.put(argument, graph.constant(weights, vector, vector));
    return flag;
  }
}
