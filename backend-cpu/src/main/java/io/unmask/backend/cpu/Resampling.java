package io.unmask.backend.cpu;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Feature maps enlarged. oneDNN measures from the centres of elements, as Keras does.
 *
 * <p>JavaCPP's binding has no constructor for the description of a resampling, so that it is made
 * by the function of oneDNN's C interface that the constructor would call.
 */
final class Resampling {

  private final Graph graph;

  Resampling(Graph graph) {
    this.graph = graph;
  }

  Value enlarge(Value source, Layer.UpSampling2D.Interpolation interpolation, Shape shape) {
    algorithm kind =
        switch (interpolation) {
          case NEAREST -> algorithm.resampling_nearest;
          case BILINEAR -> algorithm.resampling_linear;
        };
    Value plain = graph.plain(source);
    Value result = graph.value(shape, Layouts.plain(shape));
    primitive_desc description = description(kind, plain.layout(), result.layout());
    graph.step(description, new primitive(description), Graph.between(plain, result), Map.of());
    return result;
  }

  private primitive_desc description(algorithm kind, memory.desc source, memory.desc result) {
    try (PointerPointer<org.bytedeco.dnnl.dnnl_primitive_desc> made = new PointerPointer<>(1)) {
      int status =
          dnnl.dnnl_resampling_forward_primitive_desc_create(
              made,
              graph.engine().get(),
              prop_kind.forward_inference.value,
              kind.value,
              (FloatPointer) null, // the factors, which follow from the extents
              source.get(),
              result.get(),
              graph.attributes().get());
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException("oneDNN refuses the resampling with status " + status);
      }
      return new primitive_desc(made.get(org.bytedeco.dnnl.dnnl_primitive_desc.class));
    }
  }
}
