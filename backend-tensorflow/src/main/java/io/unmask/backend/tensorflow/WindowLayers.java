package io.unmask.backend.tensorflow;

import io.unmask.error.UnsupportedLayerException;
import io.unmask.network.Extent;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Layers with a sliding window. TensorFlow's padding modes are the network's own. */
final class WindowLayers {

  private final Ops ops;
  private final Constants constants;

  WindowLayers(Ops ops, Constants constants) {
    this.ops = ops;
    this.constants = constants;
  }

  Operand<TFloat32> convolution(Layer.Conv2D layer, Operand<TFloat32> x) {
    Window window = layer.window();
    Operand<TFloat32> result =
        ops.nn.conv2d(
            x,
            constants.weights(layer.kernel()),
            batched(window.stride()),
            window.padding().name(),
            Conv2d.dilations(batched(window.dilation())));
    return biased(result, layer.bias());
  }

  /** A transposed convolution: what TensorFlow has as the gradient of a convolution. */
  Operand<TFloat32> transposed(Layer.Conv2DTranspose layer, Operand<TFloat32> x, Shape shape) {
    Operand<TInt32> batch = ops.slice(ops.shape(x), ops.array(0), ops.array(1));
    Operand<TInt32> extents = ops.array(shape.extent(0), shape.extent(1), shape.channels());
    Operand<TFloat32> result =
        ops.nn.conv2dBackpropInput(
            ops.concat(List.of(batch, extents), ops.constant(0)),
            constants.weights(layer.kernel()),
            x,
            batched(layer.window().stride()),
            layer.window().padding().name());
    return biased(result, layer.bias());
  }

  /** A feature map resized to the shape. */
  Operand<TFloat32> enlarge(
      Operand<TFloat32> x, Layer.UpSampling2D.Interpolation interpolation, Shape shape) {
    Operand<TInt32> size = ops.array(shape.extent(0), shape.extent(1));
    return switch (interpolation) {
      case NEAREST ->
          ops.image.resizeNearestNeighbor(x, size, ResizeNearestNeighbor.halfPixelCenters(true));
      case BILINEAR -> ops.image.resizeBilinear(x, size, ResizeBilinear.halfPixelCenters(true));
    };
  }

  /**
   * A depthwise convolution. TensorFlow's own knows neither dilation nor strides that differ: the
   * kernel is spread with zeros, and every position computed and some taken.
   */
  Operand<TFloat32> depthwise(Layer.DepthwiseConv2D layer, Operand<TFloat32> x, Shape input) {
    Window window = layer.window();
    Operand<TFloat32> kernel = constants.weights(spread(layer.kernel(), window.dilation()));
    Window.Size stride = window.stride();
    if (stride.height() == stride.width()) {
      Operand<TFloat32> result =
          ops.nn.depthwiseConv2dNative(x, kernel, batched(stride), window.padding().name());
      return biased(result, layer.bias());
    }
    Extent rows = window.rows(input.extent(0));
    Extent columns = window.columns(input.extent(1));
    Operand<TFloat32> padded =
        pad(x, rows.before(), rows.after(), columns.before(), columns.after());
    Operand<TFloat32> dense =
        ops.nn.depthwiseConv2dNative(
            padded, kernel, batched(Window.Size.ONE), Padding.VALID.name());
    Operand<TFloat32> taken =
        ops.stridedSlice(
            dense,
            ops.array(0, 0, 0, 0),
            ops.array(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
            ops.array(1, stride.height(), stride.width(), 1));
    return biased(taken, layer.bias());
  }

  private static Weights spread(Weights kernel, Window.Size dilation) {
    if (dilation.equals(Window.Size.ONE)) {
      return kernel;
    }
    Shape shape = kernel.shape();
    int rows = (shape.extent(0) - 1) * dilation.height() + 1;
    int columns = (shape.extent(1) - 1) * dilation.width() + 1;
    Shape spread = shape.with(0, rows).with(1, columns);
    int point = shape.extent(2) * shape.extent(3);
    float[] values = kernel.toArray();
    float[] result = new float[spread.size()];
    for (int row = 0; row < shape.extent(0); row++) {
      for (int column = 0; column < shape.extent(1); column++) {
        System.arraycopy(
            values,
            (row * shape.extent(1) + column) * point,
            result,
            (row * dilation.height() * columns + column * dilation.width()) * point,
            point);
      }
    }
    return Weights.of(spread, result);
  }

  private Operand<TFloat32> biased(Operand<TFloat32> x, @Nullable Weights bias) {
    return bias == null ? x : ops.nn.biasAdd(x, constants.weights(bias));
  }

  Operand<TFloat32> maximum(Window window, Operand<TFloat32> x, String name) {
    checkDense(window, name);
    return ops.nn.maxPool(x, size(window.size()), size(window.stride()), window.padding().name());
  }

  Operand<TFloat32> mean(Window window, Operand<TFloat32> x, String name) {
    checkDense(window, name);
    return ops.nn.avgPool(
        x, batched(window.size()), batched(window.stride()), window.padding().name());
  }

  private static void checkDense(Window window, String name) {
    if (!window.dilation().equals(Window.Size.ONE)) {
      throw new UnsupportedLayerException(
          "Backend 'tensorflow' cannot run layer '%s': it pools with dilation %dx%d, and only 1x1 is"
                  .formatted(name, window.dilation().height(), window.dilation().width())
              + " supported; use backend cpu");
    }
  }

  Operand<TFloat32> pad(Operand<TFloat32> x, int top, int bottom, int left, int right) {
    return ops.pad(
        x,
        ops.constant(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}}),
        constants.scalar(0));
  }

  private Operand<org.tensorflow.types.TInt32> size(Window.Size size) {
    return ops.array(1, size.height(), size.width(), 1);
  }

  private static List<Long> batched(Window.Size size) {
    return List.of(1L, (long) size.height(), (long) size.width(), 1L);
  }
}
