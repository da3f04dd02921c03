package io.unmask.backend.cpu;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Other orders and parts of arrays: described where they lie, and copied to row-major order. */
final class Views {

  private final Graph graph;

  Views(Graph graph) {
    this.graph = graph;
  }

  /** The same elements in another shape. */
  Value reshaped(Value source, Shape shape) {
    return graph.alias(shape, Layouts.plain(shape), graph.plain(source));
  }

  /** The axes in another order. */
  Value permuted(Value source, List<Integer> order, Shape shape) {
    Value plain = graph.plain(source);
    int rank = order.size();
    long[] steps = new long[rank];
    long step = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= plain.shape().extent(axis);
    }
    long[] strides = new long[rank + 1];
    strides[0] = step;
    for (int axis = 0; axis < rank; axis++) {
      strides[Layouts.axis(shape, axis)] = steps[order.get(axis)];
    }
    memory.desc seen = Layouts.strided(Layouts.dims(shape), strides);
    return graph.copied(graph.alias(shape, seen, plain), Layouts.plain(shape));
  }

  /** A feature map without its borders. */
  Value cropped(Value source, Layer.Cropping2D layer, Shape shape) {
    Value plain = graph.plain(source);
    long[] offsets = {0, 0, layer.top(), layer.left()};
    memory.desc part = plain.layout().submemory_desc(Layouts.dims(shape), offsets, false);
    return graph.copied(graph.alias(shape, part, plain), Layouts.plain(shape));
  }
}
