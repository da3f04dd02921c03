package io.unmask.backend.tensorflow;

import io.unmask.error.UnsupportedLayerException;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.spi.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Translates a network of variables, either as in training, with statistics of the batch and with
 * dropout, or as at inference.
 */
final class TrainingTranslator extends Translator {

  /** What Keras's {@code BatchNormalization} keeps of its moving statistics in each step. */
  private static final float MOMENTUM = 0.99f;

  /** Multiplied with a layer's number, so that the layers' masks differ. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Ops ops;
  private final Variables variables;
  private final TrainingOptions options;
  private final @Nullable Operand<TInt64> seed;
  private final List<Op> updates = new ArrayList<>();
  private int dropouts;

  private TrainingTranslator(
      Network network,
      Variables variables,
      TrainingOptions options,
      @Nullable Operand<TInt64> seed) {
    super(network, variables);
    this.ops = variables.ops();
    this.variables = variables;
    this.options = options;
    this.seed = seed;
  }

  /**
   * As in training.
   *
   * @param seed two numbers, new ones in each step
   */
  static TrainingTranslator training(
      Network network, Variables variables, TrainingOptions options, Operand<TInt64> seed) {
    return new TrainingTranslator(network, variables, options, seed);
  }

  /** As at inference. */
  static TrainingTranslator inference(
      Network network, Variables variables, TrainingOptions options) {
    return new TrainingTranslator(network, variables, options, null);
  }

  /** What moves the statistics, once translated. */
  List<Op> updates() {
    return updates;
  }

  /** TensorFlow's C library loses the dilation when it makes the gradient of a convolution. */
  @Override
  public Operand<TFloat32> conv2D(Layer.Conv2D layer, Node node) {
    refuseDilation(layer.window(), node);
    return super.conv2D(layer, node);
  }

  @Override
  public Operand<TFloat32> depthwiseConv2D(Layer.DepthwiseConv2D layer, Node node) {
    refuseDilation(layer.window(), node);
    return super.depthwiseConv2D(layer, node);
  }

  private static void refuseDilation(Window window, Node node) {
    if (!window.dilation().equals(Window.Size.ONE)) {
      throw new UnsupportedLayerException(
          "Backend 'tensorflow' cannot train layer '%s', a convolution with dilation; rebuild the model without"
              .formatted(node.name()));
    }
  }

  @Override
  public Operand<TFloat32> batchNormalization(Layer.BatchNormalization layer, Node node) {
    boolean training = seed != null && options.usesBatchStatistics(node.name());
    int channels = layer.mean().size();
    boolean map = node.shape().rank() == 3;
    Operand<TFloat32> x = source(node);
    Operand<TFloat32> rows = map ? x : ops.reshape(x, ops.array(-1, 1, 1, channels));
    Operand<TFloat32> none = ops.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        ops.nn.fusedBatchNorm(
            rows,
            layer.gamma() == null ? filled(channels, 1) : variables.weights(layer.gamma()),
            layer.beta() == null ? filled(channels, 0) : variables.weights(layer.beta()),
            training ? none : variables.weights(layer.mean()),
            training ? none : variables.weights(layer.variance()),
            FusedBatchNorm.epsilon((float) layer.epsilon()),
            FusedBatchNorm.isTraining(training));
    if (training) {
      move(layer.mean(), norm.batchMean());
      move(layer.variance(), biased(norm.batchVariance(), rows, channels));
    }
    return map ? norm.y() : ops.reshape(norm.y(), variables.shape(node.shape()));
  }

  private Operand<TFloat32> filled(int size, float value) {
    return ops.fill(ops.array(size), ops.constant(value));
  }

  /** The mean square from TensorFlow's estimate, which divides by one less, as Keras takes it. */
  private Operand<TFloat32> biased(
      Operand<TFloat32> variance, Operand<TFloat32> rows, int channels) {
    Operand<TFloat32> count =
        ops.math.div(
            ops.dtypes.cast(ops.size(rows), TFloat32.class), ops.constant((float) channels));
    return ops.math.mul(variance, ops.math.div(ops.math.sub(count, ops.constant(1f)), count));
  }

  /** As Keras: {@code moving * momentum + batch * (1 - momentum)}. */
  private void move(Weights statistic, Operand<TFloat32> batch) {
    Variables.Variable moving = variables.of(statistic);
    Operand<TFloat32> moved =
        ops.math.add(
            ops.math.mul(moving.value(), ops.constant(MOMENTUM)),
            ops.math.mul(batch, ops.constant((float) (1 - 0.99))));
    updates.add(ops.assignVariableOp(moving.handle(), moved));
  }

  /** Drops with a mask that is a function of the seed and the layer's place alone. */
  @Override
  public Operand<TFloat32> dropout(Layer.Dropout layer, Node node) {
    int number = ++dropouts;
    Operand<TFloat32> x = source(node);
    if (seed == null || layer.rate() == 0 || !options.drops(node.name())) {
      return x;
    }
    Operand<TInt32> shape = ops.shape(x);
    if (layer.spatial()) {
      Operand<TInt32> batch = ops.slice(shape, ops.array(0), ops.array(1));
      shape = ops.concat(List.of(batch, spatial(node.shape())), ops.constant(0));
    }
    Operand<TInt64> own = ops.math.add(seed, ops.constant(new long[] {number * SPREAD, 0}));
    Operand<TFloat32> random = ops.random.statelessRandomUniform(shape, own);
    Operand<TFloat32> kept =
        ops.dtypes.cast(
            ops.math.greaterEqual(random, ops.constant((float) layer.rate())), TFloat32.class);
    return ops.math.mul(ops.math.mul(x, ops.constant((float) (1 / (1 - layer.rate())))), kept);
  }

  private Operand<TInt32> spatial(Shape shape) {
    int[] extents = new int[shape.rank()];
    Arrays.fill(extents, 1);
    extents[extents.length - 1] = shape.channels();
    return ops.constant(extents);
  }
}
