package io.unmask.network;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of weighted elements: convolutions and the dense layer. Each is a member of {@link Layer}
 * too.
 *
 * <p>It is long because a kind of layer is a record with its checks, and its weights, in one place.
 */
public interface LinearLayers {

  /** Any of these. */
  sealed interface LinearLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link Conv2D}. */
    default R conv2D(Conv2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link DepthwiseConv2D}. */
    default R depthwiseConv2D(DepthwiseConv2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Conv2DTranspose}. */
    default R conv2DTranspose(Conv2DTranspose layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link SeparableConv2D}. */
    default R separableConv2D(SeparableConv2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Dense}. */
    default R dense(Dense layer, C context) {
      return other(layer, context);
    }
  }

  /**
   * A visitor that cannot forget a kind.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface CompleteVisitor<C, R> extends Visitor<C, R> {
    @Override
    R conv2D(Conv2D layer, C context);

    @Override
    R depthwiseConv2D(DepthwiseConv2D layer, C context);

    @Override
    R conv2DTranspose(Conv2DTranspose layer, C context);

    @Override
    R separableConv2D(SeparableConv2D layer, C context);

    @Override
    R dense(Dense layer, C context);
  }

  /**
   * A convolution.
   *
   * @param kernel {@code [height, width, input channel / groups, output channel]}
   * @param bias {@code [output channel]}, or null
   * @param window its size is the kernel's
   * @param groups how many groups the channels are cut into, each convolved on its own
   * @param activation applied last
   */
  record Conv2D(
      Weights kernel, @Nullable Weights bias, Window window, int groups, Activation activation)
      implements LinearLayer {
    /** Checks that the parts fit each other. */
    public Conv2D {
      Shapes.kernel(kernel, window);
      Shapes.vector("bias", bias, kernel.shape().channels());
      if (groups < 1 || kernel.shape().channels() % groups != 0) {
        throw new IllegalArgumentException(
            kernel.shape().channels() + " filters cannot be cut into " + groups + " groups");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      Shapes.channels(input, kernel.shape().extent(2) * groups);
      return Shapes.slide(input, window, kernel.shape().channels());
    }

    @Override
    public List<Weights> weights() {
      return bias == null ? List.of(kernel) : List.of(kernel, bias);
    }

    @Override
    public List<String> weightNames() {
      return bias == null ? List.of("kernel") : List.of("kernel", "bias");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new Conv2D(next.next(), bias == null ? null : next.next(), window, groups, activation);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.conv2D(this, context);
    }
  }

  /**
   * A convolution of each channel on its own; output channel {@code c * multiplier + m} is the
   * {@code m}th of input channel {@code c}.
   *
   * @param kernel {@code [height, width, channel, multiplier]}
   * @param bias {@code [channel * multiplier]}, or null
   * @param window its size is the kernel's
   * @param activation applied last
   */
  record DepthwiseConv2D(
      Weights kernel, @Nullable Weights bias, Window window, Activation activation)
      implements LinearLayer {
    /** Checks that the parts fit each other. */
    public DepthwiseConv2D {
      Shapes.kernel(kernel, window);
      Shapes.vector("bias", bias, kernel.shape().extent(2) * kernel.shape().extent(3));
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      Shapes.channels(input, kernel.shape().extent(2));
      return Shapes.slide(input, window, input.channels() * kernel.shape().extent(3));
    }

    @Override
    public List<Weights> weights() {
      return bias == null ? List.of(kernel) : List.of(kernel, bias);
    }

    @Override
    public List<String> weightNames() {
      return bias == null ? List.of("kernel") : List.of("kernel", "bias");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new DepthwiseConv2D(
          next.next(), bias == null ? null : next.next(), window, activation);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.depthwiseConv2D(this, context);
    }
  }

  /**
   * A transposed convolution: each element of the input adds the kernel, times itself, to a window
   * of the output, and the windows are a stride apart. With padding "same" the output is the
   * stride's multiple of the input, and what falls outside is left out.
   *
   * @param kernel {@code [height, width, output channel, input channel]}
   * @param bias {@code [output channel]}, or null
   * @param window its size is the kernel's, no smaller than the stride, and it has no dilation
   * @param activation applied last
   */
  record Conv2DTranspose(
      Weights kernel, @Nullable Weights bias, Window window, Activation activation)
      implements LinearLayer {
    /** Checks that the parts fit each other. */
    public Conv2DTranspose {
      Shapes.kernel(kernel, window);
      Shapes.vector("bias", bias, kernel.shape().extent(2));
      if (!window.dilation().equals(Window.Size.ONE)
          || window.size().height() < window.stride().height()
          || window.size().width() < window.stride().width()) {
        throw new IllegalArgumentException(
            "a transposed convolution has no dilation and no stride above its kernel's size");
      }
    }

    /** Rows of the whole sum that lie above the output. */
    public int top() {
      return before(window.size().height(), window.stride().height());
    }

    /** Columns of the whole sum that lie before the output. */
    public int left() {
      return before(window.size().width(), window.stride().width());
    }

    private int before(int size, int stride) {
      return window.padding() == Padding.SAME ? (size - stride) / 2 : 0;
    }

    private int extent(int input, int size, int stride) {
      int whole = Math.addExact(Math.multiplyExact(input - 1, stride), size);
      return window.padding() == Padding.SAME ? Math.multiplyExact(input, stride) : whole;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      Shapes.channels(input, kernel.shape().channels());
      return Shape.of(
          extent(input.extent(0), window.size().height(), window.stride().height()),
          extent(input.extent(1), window.size().width(), window.stride().width()),
          kernel.shape().extent(2));
    }

    @Override
    public List<Weights> weights() {
      return bias == null ? List.of(kernel) : List.of(kernel, bias);
    }

    @Override
    public List<String> weightNames() {
      return bias == null ? List.of("kernel") : List.of("kernel", "bias");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new Conv2DTranspose(
          next.next(), bias == null ? null : next.next(), window, activation);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.conv2DTranspose(this, context);
    }
  }

  /**
   * A depthwise convolution followed by a 1x1 convolution, with nothing in between.
   *
   * @param depthwise {@code [height, width, input channel, multiplier]}
   * @param pointwise {@code [1, 1, input channel * multiplier, output channel]}
   * @param bias {@code [output channel]}, or null
   * @param window the depthwise part's; its size is the depthwise kernel's
   * @param activation applied last
   */
  record SeparableConv2D(
      Weights depthwise,
      Weights pointwise,
      @Nullable Weights bias,
      Window window,
      Activation activation)
      implements LinearLayer {
    /** Checks that the parts fit each other. */
    public SeparableConv2D {
      Shapes.kernel(depthwise, window);
      int between = depthwise.shape().extent(2) * depthwise.shape().extent(3);
      Shape expected = Shape.of(1, 1, between, pointwise.shape().channels());
      if (!pointwise.shape().equals(expected)) {
        throw new IllegalArgumentException(
            "the pointwise kernel has shape " + pointwise.shape() + ", expected " + expected);
      }
      Shapes.vector("bias", bias, pointwise.shape().channels());
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      Shapes.channels(input, depthwise.shape().extent(2));
      return Shapes.slide(input, window, pointwise.shape().channels());
    }

    @Override
    public List<Weights> weights() {
      return bias == null ? List.of(depthwise, pointwise) : List.of(depthwise, pointwise, bias);
    }

    @Override
    public List<String> weightNames() {
      return bias == null
          ? List.of("depthwise_kernel", "pointwise_kernel")
          : List.of("depthwise_kernel", "pointwise_kernel", "bias");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new SeparableConv2D(
          next.next(), next.next(), bias == null ? null : next.next(), window, activation);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.separableConv2D(this, context);
    }
  }

  /**
   * A matrix product along the last axis.
   *
   * @param kernel {@code [input, unit]}
   * @param bias {@code [unit]}, or null
   * @param activation applied last
   */
  record Dense(Weights kernel, @Nullable Weights bias, Activation activation)
      implements LinearLayer {
    /** Checks that the parts fit each other. */
    public Dense {
      Shapes.rank("the kernel", kernel.shape(), 2);
      Shapes.vector("bias", bias, kernel.shape().channels());
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      Shapes.channels(inputs.get(0), kernel.shape().extent(0));
      return inputs.get(0).with(-1, kernel.shape().channels());
    }

    @Override
    public List<Weights> weights() {
      return bias == null ? List.of(kernel) : List.of(kernel, bias);
    }

    @Override
    public List<String> weightNames() {
      return bias == null ? List.of("kernel") : List.of("kernel", "bias");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new Dense(next.next(), bias == null ? null : next.next(), activation);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.dense(this, context);
    }
  }
}
