package io.unmask.backend.tensorflow;

import io.unmask.network.Shape;
import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/**
 * Where a network's values are in its graph.
 *
 * @param inputShape one image's, {@code [height, width, channel]}
 * @param input the batch of images
 * @param first what the first layer behind the input puts out
 * @param outputs the network's outputs, all different
 * @param shapes the outputs' shapes, without the batch
 */
record Translation(
    Shape inputShape,
    Output<TFloat32> input,
    Output<TFloat32> first,
    List<Output<TFloat32>> outputs,
    List<Shape> shapes) {

  /** The shape of a batch of images. */
  org.tensorflow.ndarray.Shape batch(int count) {
    return batched(inputShape, count);
  }

  /** A shape with the batch before it, -1 for any. */
  static org.tensorflow.ndarray.Shape batched(Shape shape, long count) {
    return org.tensorflow.ndarray.Shape.of(Constants.batched(shape, count));
  }
}
