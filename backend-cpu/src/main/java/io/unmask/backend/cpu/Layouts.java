package io.unmask.backend.cpu;

import io.unmask.network.Shape;
import org.bytedeco.dnnl.memory;

/**
 * Descriptions of arrays for oneDNN, which counts the batch and puts channels before height and
 * width, whatever their order in memory.
 */
final class Layouts {

  private Layouts() {}

  /** The extents in oneDNN's order: {@code [1, channel, height, width]} for a feature map. */
  static long[] dims(Shape shape) {
    if (shape.rank() == 3) {
      return new long[] {1, shape.channels(), shape.extent(0), shape.extent(1)};
    }
    long[] dims = new long[shape.rank() + 1];
    dims[0] = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims[axis + 1] = shape.extent(axis);
    }
    return dims;
  }

  /** The position in {@link #dims} of an axis of the shape. */
  static int axis(Shape shape, int axis) {
    if (shape.rank() == 3) {
      return axis == 2 ? 1 : axis + 2;
    }
    return axis + 1;
  }

  /** Row-major order of the shape's own axes, so that channels are next to each other. */
  static memory.desc plain(Shape shape) {
    return plain(memory.data_type.f32, shape);
  }

  /** The same of numbers of the given type. */
  static memory.desc plain(memory.data_type type, Shape shape) {
    long[] strides = new long[shape.rank() + 1];
    long step = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis(shape, axis)] = step;
      step *= shape.extent(axis);
    }
    strides[0] = step;
    return new memory.desc(dims(shape), type, strides);
  }

  /** Single precision in any order: the engine chooses. */
  static memory.desc any(long... dims) {
    return any(memory.data_type.f32, dims);
  }

  /** Any order: the engine chooses. */
  static memory.desc any(memory.data_type type, long... dims) {
    return new memory.desc(dims, type, memory.format_tag.any);
  }

  /** Given extents with given distances. */
  static memory.desc strided(long[] dims, long[] strides) {
    return new memory.desc(dims, memory.data_type.f32, strides);
  }

  /** A vector. */
  static memory.desc vector(long size) {
    return strided(new long[] {size}, new long[] {1});
  }

  /** A row of one element a unit: {@code [rows, size]}. */
  static memory.desc matrix(long rows, long size) {
    return matrix(memory.data_type.f32, rows, size);
  }

  /** The same of numbers of the given type. */
  static memory.desc matrix(memory.data_type type, long rows, long size) {
    return new memory.desc(new long[] {rows, size}, type, new long[] {size, 1});
  }
}
