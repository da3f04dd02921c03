package io.unmask.network;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a network with its weights. Feature maps are {@code [height, width, channel]},
 * channels last. Names, weight layouts and semantics are Keras 3's; a layer is immutable, and equal
 * to another that computes the same.
 */
public sealed interface Layer {

  /**
   * The shape that comes out for the shapes that go in.
   *
   * @throws IllegalArgumentException if the layer cannot take these, with the reason
   */
  Shape outputShape(List<Shape> inputs);

  /** Calls the visitor's method for this kind of layer. */
  <C, R> R accept(LayerVisitor<C, R> visitor, C context);

  /** The weights, in Keras's order. */
  default List<Weights> weights() {
    return List.of();
  }

  /**
   * This layer with other weights in the place of its own.
   *
   * @param replacements as many as {@link #weights}, in the same order
   * @throws IllegalArgumentException if their number or shapes differ
   */
  default Layer withWeights(List<Weights> replacements) {
    Shapes.likewise(weights(), replacements);
    return this;
  }

  /** Where images come in. */
  record Input(Shape shape) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 0, 0);
      return shape;
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.input(this, context);
    }
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
      implements Layer {
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
      implements Layer {
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
      implements Layer {
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
      implements Layer {
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
  record Dense(Weights kernel, @Nullable Weights bias, Activation activation) implements Layer {
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

  /**
   * Batch normalisation over the last axis with the statistics of training: {@code gamma * (x -
   * mean) / sqrt(variance + epsilon) + beta}.
   *
   * @param gamma {@code [channel]}, or null for 1
   * @param beta {@code [channel]}, or null for 0
   * @param mean {@code [channel]}, the moving mean
   * @param variance {@code [channel]}, the moving variance
   * @param epsilon what keeps the root away from 0
   */
  record BatchNormalization(
      @Nullable Weights gamma,
      @Nullable Weights beta,
      Weights mean,
      Weights variance,
      double epsilon)
      implements Layer {
    /** Checks that the parts fit each other. */
    public BatchNormalization {
      int channels = mean.size();
      Shapes.vector("moving_mean", mean, channels);
      Shapes.vector("moving_variance", variance, channels);
      Shapes.vector("gamma", gamma, channels);
      Shapes.vector("beta", beta, channels);
    }

    /** What each channel is multiplied by. */
    public double[] factors() {
      float[] variances = variance.toArray();
      float @Nullable [] scales = gamma == null ? null : gamma.toArray();
      double[] factors = new double[variances.length];
      for (int c = 0; c < factors.length; c++) {
        factors[c] = (scales == null ? 1 : scales[c]) / Math.sqrt(variances[c] + epsilon);
      }
      return factors;
    }

    /** What is added to each channel after {@link #factors}. */
    public double[] offsets() {
      float[] means = mean.toArray();
      float @Nullable [] shifts = beta == null ? null : beta.toArray();
      double[] offsets = factors();
      for (int c = 0; c < offsets.length; c++) {
        offsets[c] = (shifts == null ? 0 : shifts[c]) - means[c] * offsets[c];
      }
      return offsets;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      Shapes.channels(inputs.get(0), mean.size());
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return Stream.of(gamma, beta, mean, variance).filter(Objects::nonNull).toList();
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new BatchNormalization(
          gamma == null ? null : next.next(),
          beta == null ? null : next.next(),
          next.next(),
          next.next(),
          epsilon);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.batchNormalization(this, context);
    }
  }

  /** An activation on its own. */
  record Activate(Activation activation) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.activate(this, context);
    }
  }

  /**
   * A rectifier whose slope below 0 is learned.
   *
   * @param alpha the slopes, of the input's rank, with extent 1 along the axes that share one
   */
  record PRelu(Weights alpha) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (!Shapes.broadcast(List.of(inputs.get(0), alpha.shape())).equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "slopes of shape " + alpha.shape() + " do not fit an input of " + inputs.get(0));
      }
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return List.of(alpha);
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      return new PRelu(replacements.get(0));
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.pRelu(this, context);
    }
  }

  /** The largest element in each position of the window; padding never wins. */
  record MaxPooling2D(Window window) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shapes.slide(input, window, input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.maxPooling2D(this, context);
    }
  }

  /** The mean in each position of the window; padding is not counted. */
  record AveragePooling2D(Window window) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shapes.slide(input, window, input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.averagePooling2D(this, context);
    }
  }

  /**
   * The largest element of each channel.
   *
   * @param keepAxes whether the output is {@code [1, 1, channel]} rather than {@code [channel]}
   */
  record GlobalMaxPooling2D(boolean keepAxes) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.global(Shapes.featureMap(inputs), keepAxes);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.globalMaxPooling2D(this, context);
    }
  }

  /**
   * The mean of each channel.
   *
   * @param keepAxes whether the output is {@code [1, 1, channel]} rather than {@code [channel]}
   */
  record GlobalAveragePooling2D(boolean keepAxes) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.global(Shapes.featureMap(inputs), keepAxes);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.globalAveragePooling2D(this, context);
    }
  }

  /** The sum of two or more inputs; extents of 1 are repeated. */
  record Add() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.add(this, context);
    }
  }

  /** The product of two or more inputs; extents of 1 are repeated. */
  record Multiply() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.multiply(this, context);
    }
  }

  /** The largest of two or more inputs, element by element; extents of 1 are repeated. */
  record Maximum() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.maximum(this, context);
    }
  }

  /**
   * Two or more inputs behind each other.
   *
   * @param axis the axis they are joined along, from 0, without the batch
   */
  record Concatenate(int axis) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.concatenate(inputs, axis);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.concatenate(this, context);
    }
  }

  /** The same elements in the same order under another shape, which flattens among others. */
  record Reshape(Shape shape) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (inputs.get(0).size() != shape.size()) {
        throw new IllegalArgumentException("cannot see " + inputs.get(0) + " as " + shape);
      }
      return shape;
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.reshape(this, context);
    }
  }

  /**
   * The axes in another order.
   *
   * @param order which axis of the input comes first, second and so on, from 0, without the batch
   */
  record Permute(List<Integer> order) implements Layer {
    /** Checks that each axis comes once. */
    public Permute {
      order = List.copyOf(order);
      List<Integer> sorted = order.stream().sorted().toList();
      for (int axis = 0; axis < order.size(); axis++) {
        if (sorted.get(axis) != axis) {
          throw new IllegalArgumentException(order + " is no order of axes");
        }
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      Shapes.rank("the input", inputs.get(0), order.size());
      return Shape.of(order.stream().mapToInt(axis -> inputs.get(0).extent(axis)).toArray());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.permute(this, context);
    }
  }

  /**
   * Each row along the last axis less its mean, divided by its deviation: {@code gamma * (x - mean)
   * / sqrt(variance + epsilon) + beta}, with the row's own statistics.
   *
   * @param gamma {@code [channel]}, or null for 1
   * @param beta {@code [channel]}, or null for 0
   * @param epsilon what keeps the root away from 0
   */
  record LayerNormalization(@Nullable Weights gamma, @Nullable Weights beta, double epsilon)
      implements Layer {
    /** Checks that the parts fit each other. */
    public LayerNormalization {
      if (gamma != null) {
        Shapes.vector("gamma", gamma, gamma.size());
        Shapes.vector("beta", beta, gamma.size());
      } else if (beta != null) {
        Shapes.vector("beta", beta, beta.size());
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      for (Weights weights : weights()) {
        Shapes.channels(inputs.get(0), weights.size());
      }
      if (inputs.get(0).rank() == 0) {
        throw new IllegalArgumentException("a single number has no row to be normalised");
      }
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return Stream.of(gamma, beta).filter(Objects::nonNull).toList();
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new LayerNormalization(
          gamma == null ? null : next.next(), beta == null ? null : next.next(), epsilon);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.layerNormalization(this, context);
    }
  }

  /**
   * A feature map without its borders.
   *
   * @param top rows cut off above, at least 0
   * @param bottom rows cut off below, at least 0
   * @param left columns cut off before, at least 0
   * @param right columns cut off behind, at least 0
   */
  record Cropping2D(int top, int bottom, int left, int right) implements Layer {
    /** Checks the ranges. */
    public Cropping2D {
      if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
        throw new IllegalArgumentException("cropping cannot be negative");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.subtractExact(input.extent(0), Math.addExact(top, bottom)),
          Math.subtractExact(input.extent(1), Math.addExact(left, right)),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.cropping2D(this, context);
    }
  }

  /**
   * A feature map resized, without antialiasing.
   *
   * @param size height and width of the output
   * @param interpolation where the new elements come from
   */
  record Resizing(Window.Size size, UpSampling2D.Interpolation interpolation) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.of(size.height(), size.width(), Shapes.featureMap(inputs).channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.resizing(this, context);
    }
  }

  /**
   * Zeros around a feature map.
   *
   * @param top rows above, at least 0
   * @param bottom rows below, at least 0
   * @param left columns before, at least 0
   * @param right columns behind, at least 0
   */
  record ZeroPadding2D(int top, int bottom, int left, int right) implements Layer {
    /** Checks the ranges. */
    public ZeroPadding2D {
      if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
        throw new IllegalArgumentException("padding cannot be negative");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.addExact(input.extent(0), Math.addExact(top, bottom)),
          Math.addExact(input.extent(1), Math.addExact(left, right)),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.zeroPadding2D(this, context);
    }
  }

  /**
   * A feature map enlarged by whole factors.
   *
   * @param factor how many times as high and as wide the output is
   * @param interpolation where the new elements come from
   */
  record UpSampling2D(Window.Size factor, Interpolation interpolation) implements Layer {

    /** Where the elements of an enlarged feature map come from. */
    public enum Interpolation {
      /** Each element is repeated. */
      NEAREST,

      /**
       * From the four elements around, by distance. Elements are squares that are measured from
       * their centres (half-pixel centres); beyond the outermost centres nothing changes.
       */
      BILINEAR
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.multiplyExact(input.extent(0), factor.height()),
          Math.multiplyExact(input.extent(1), factor.width()),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.upSampling2D(this, context);
    }
  }

  /**
   * {@code x * factor + offset}, for all channels alike or one pair a channel.
   *
   * @param factors one or one a channel, finite
   * @param offsets as many as factors, finite
   */
  record Rescaling(List<Double> factors, List<Double> offsets) implements Layer {
    /** Checks that the parts fit each other. */
    public Rescaling {
      factors = List.copyOf(factors);
      offsets = List.copyOf(offsets);
      if (factors.isEmpty() || factors.size() != offsets.size()) {
        throw new IllegalArgumentException(
            factors.size() + " factors do not fit " + offsets.size() + " offsets");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (factors.size() > 1) {
        Shapes.channels(inputs.get(0), factors.size());
      }
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.rescaling(this, context);
    }
  }

  /**
   * Dropout: nothing at inference, so that only training looks at it.
   *
   * @param rate the share of elements dropped in training, in [0, 1)
   * @param spatial whether whole channels are dropped
   */
  record Dropout(double rate, boolean spatial) implements Layer {
    /** Checks the range. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("a dropout rate lies in [0, 1), not " + rate);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.dropout(this, context);
    }
  }
}
