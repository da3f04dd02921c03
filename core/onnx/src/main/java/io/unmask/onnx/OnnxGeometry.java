package io.unmask.onnx;

import static io.unmask.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.unmask.network.Extent;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.List;

/** A sliding window as ONNX's attributes, with explicit padding. */
final class OnnxGeometry {

  private OnnxGeometry() {}

  /** The attributes of a window over an input {@code [height, width, channel]}. */
  static List<AttributeProto> of(Window window, Shape shape) {
    Extent rows = window.rows(shape.extent(0));
    Extent columns = window.columns(shape.extent(1));
    return List.of(
        attribute("kernel_shape", both(window.size())),
        attribute("strides", both(window.stride())),
        attribute("dilations", both(window.dilation())),
        attribute(
            "pads", new long[] {rows.before(), columns.before(), rows.after(), columns.after()}));
  }

  private static long[] both(Window.Size size) {
    return new long[] {size.height(), size.width()};
  }
}
