package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.unmask.network.Shape;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/** Products of the matrices that two values consist of. */
final class Products {

  private final Graph graph;

  Products(Graph graph) {
    this.graph = graph;
  }

  /** One product for each matrix, the rows of the first by the columns of the second. */
  Value product(Value left, Value right, Shape shape) {
    memory.desc rows = matrices(left.shape());
    memory.desc columns = matrices(right.shape());
    memory.desc products = matrices(shape);
    matmul.primitive_desc description =
        new matmul.primitive_desc(
            graph.engine(), rows, columns, products, graph.attributes(), false);
    Value result = graph.value(shape, Layouts.plain(shape));
    graph.step(
        description,
        new matmul(description),
        Map.of(
            DNNL_ARG_SRC,
            graph.alias(left.shape(), rows, graph.plain(left)),
            DNNL_ARG_WEIGHTS,
            graph.alias(right.shape(), columns, graph.plain(right)),
            DNNL_ARG_DST,
            graph.alias(shape, products, result)),
        Map.of());
    return result;
  }

  /** An array as a row of matrices: {@code [matrix, row, column]}. */
  private static memory.desc matrices(Shape shape) {
    long columns = shape.channels();
    long rows = shape.extent(shape.rank() - 2);
    long[] dims = {shape.size() / (rows * columns), rows, columns};
    return Layouts.strided(dims, new long[] {rows * columns, columns, 1});
  }
}
