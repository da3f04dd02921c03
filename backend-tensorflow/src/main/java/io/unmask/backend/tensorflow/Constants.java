package io.unmask.backend.tensorflow;

import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Constants of a graph. */
class Constants {

  private final Ops ops;

  Constants(Ops ops) {
    this.ops = ops;
  }

  /** The operations of the graph. */
  final Ops ops() {
    return ops;
  }

  /** Weights, copied straight into TensorFlow's memory. */
  Operand<TFloat32> weights(Weights weights) {
    int[] extents = weights.shape().toArray();
    long[] dims = Arrays.stream(extents).asLongStream().toArray();
    try (TFloat32 tensor = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(dims))) {
      weights.copyTo(TensorMemory.floats(tensor));
      return ops.constantOf(tensor);
    }
  }

  /** One number. */
  Operand<TFloat32> scalar(double value) {
    return ops.constant((float) value);
  }

  /** A vector, each number rounded once. */
  Operand<TFloat32> vector(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return ops.constant(rounded);
  }

  /** A shape with any batch before it. */
  Operand<TInt32> shape(Shape shape) {
    return ops.constant(Arrays.stream(batched(shape, -1)).mapToInt(Math::toIntExact).toArray());
  }

  /** The extents of a shape with the batch before it. */
  static long[] batched(Shape shape, long count) {
    long[] dims = new long[shape.rank() + 1];
    dims[0] = count;
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims[axis + 1] = shape.extent(axis);
    }
    return dims;
  }
}
