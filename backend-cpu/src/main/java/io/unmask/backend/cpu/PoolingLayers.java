package io.unmask.backend.cpu;

import io.unmask.network.Extent;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.pooling_forward;

/** The greatest or the mean of parts of each channel. */
final class PoolingLayers {

  private final Graph graph;

  PoolingLayers(Graph graph) {
    this.graph = graph;
  }

  /** One result for all of a channel. */
  Value global(algorithm kind, Value reduced, Shape shape) {
    Value source = graph.single(reduced);
    Window.Size all = new Window.Size(source.shape().extent(0), source.shape().extent(1));
    Window window = new Window(all, Window.Size.ONE, Padding.VALID);
    Shape kept = Shape.of(1, 1, source.shape().channels());
    Value pooled = graph.plain(pool(kind, window, source, kept));
    return graph.alias(shape, Layouts.plain(shape), pooled);
  }

  /** A result for each place of a window. */
  Value pool(algorithm kind, Window window, Value source, Shape shape) {
    Extent rows = window.rows(source.shape().extent(0));
    Extent columns = window.columns(source.shape().extent(1));
    pooling_forward.primitive_desc description =
        new pooling_forward.primitive_desc(
            graph.engine(),
            prop_kind.forward_inference.value,
            kind.value,
            source.layout(),
            Layouts.any(source.type(), Layouts.dims(shape)),
            new long[] {window.stride().height(), window.stride().width()},
            new long[] {window.size().height(), window.size().width()},
            new long[] {0, 0},
            new long[] {rows.before(), columns.before()},
            new long[] {rows.after(), columns.after()},
            graph.attributes(),
            false);
    Value result = graph.value(shape, description.dst_desc(), source.step());
    graph.step(
        description, new pooling_forward(description), Graph.between(source, result), Map.of());
    return result;
  }
}
