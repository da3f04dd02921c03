package io.unmask.spi;

import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The options that a network is trained with. Options for single layers are predicates and
 * functions of the layers' names in the network. Immutable.
 *
 * <p>The optimizer is Adam with Keras's formula ({@code keras.optimizers.Adam}) and its defaults
 * {@code b1} = 0.9, {@code b2} = 0.999, {@code e} = 1e-7; in step {@code t}, counted from 1, with
 * learning rate {@code r} and gradient {@code g}
 *
 * <pre>{@code
 * a = r sqrt(1 - b2^t) / (1 - b1^t)
 * m = m + (g - m) (1 - b1)
 * v = v + (g^2 - v) (1 - b2)
 * w = w - m a / (sqrt(v) + e)
 * }</pre>
 *
 * <p>With weight decay {@code d}, {@code w} is first replaced by {@code w - w d r} (AdamW); only
 * for kernels, not for biases, {@code gamma} and {@code beta}.
 */
public final class TrainingOptions {

  private final ProgramOptions program;
  private final Predicate<String> trainable;
  private final Predicate<String> batchStatistics;
  private final Predicate<String> dropout;
  private final ToDoubleFunction<String> l2;
  private final double labelSmoothing;
  private final double weightDecay;
  private final long seed;

  private TrainingOptions(Builder builder) {
    program = builder.program;
    trainable = builder.trainable;
    batchStatistics = builder.batchStatistics;
    dropout = builder.dropout;
    l2 = builder.l2;
    labelSmoothing = builder.labelSmoothing;
    weightDecay = builder.weightDecay;
    seed = builder.seed;
  }

  /** Returns a builder with Keras's defaults: everything is trained, nothing is regularised. */
  public static Builder builder() {
    return new Builder();
  }

  /** The device and the threads. */
  public ProgramOptions program() {
    return program;
  }

  /** Whether the weights of a layer are trained; otherwise they stay as they are, bit for bit. */
  public boolean trains(String layer) {
    return trainable.test(layer);
  }

  /**
   * Whether a batch normalisation uses the mean and the variance of the batch in training, and
   * moves its statistics towards them. Always false for a layer that is not trained.
   */
  public boolean usesBatchStatistics(String layer) {
    return trains(layer) && batchStatistics.test(layer);
  }

  /** Whether a dropout layer drops in training. The layer itself has the rate. */
  public boolean drops(String layer) {
    return dropout.test(layer);
  }

  /** The factor of the squares of a layer's kernel in the loss; 0 for no regularisation. */
  public double l2(String layer) {
    return l2.applyAsDouble(layer);
  }

  /** {@code s} for labels {@code z (1 - s) + s / 2}, in [0, 1]. */
  public double labelSmoothing() {
    return labelSmoothing;
  }

  /** The {@code d} above, 0 for none. */
  public double weightDecay() {
    return weightDecay;
  }

  /** The seed of the dropout masks. They also depend on the number of the step and on the layer. */
  public long seed() {
    return seed;
  }

  /** Builds options. Not thread-safe. */
  public static final class Builder {

    private ProgramOptions program = ProgramOptions.DEFAULT;
    private Predicate<String> trainable = layer -> true;
    private Predicate<String> batchStatistics = layer -> true;
    private Predicate<String> dropout = layer -> true;
    private ToDoubleFunction<String> l2 = layer -> 0;
    private double labelSmoothing;
    private double weightDecay;
    private long seed;

    private Builder() {}

    /** Sets the device and the threads; the default is {@link ProgramOptions#DEFAULT}. */
    public Builder program(ProgramOptions options) {
      program = options;
      return this;
    }

    /** Sets which layers are trained; the default is all. */
    public Builder trainable(Predicate<String> layers) {
      trainable = layers;
      return this;
    }

    /**
     * Sets which of the trained batch normalisations use the statistics of the batch; the default
     * is all.
     */
    public Builder batchStatistics(Predicate<String> layers) {
      batchStatistics = layers;
      return this;
    }

    /** Sets which dropout layers drop; the default is all. */
    public Builder dropout(Predicate<String> layers) {
      dropout = layers;
      return this;
    }

    /** Sets the factor of the squares of a layer's kernel, at least 0; the default is none. */
    public Builder l2(ToDoubleFunction<String> factors) {
      l2 = factors;
      return this;
    }

    /**
     * Sets how far labels are moved towards 0.5; the default is 0.
     *
     * @throws IllegalArgumentException if it lies outside [0, 1]
     */
    public Builder labelSmoothing(double smoothing) {
      labelSmoothing = checked("label smoothing", smoothing, 1);
      return this;
    }

    /**
     * Sets the decoupled weight decay; the default is 0.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Builder weightDecay(double decay) {
      weightDecay = checked("weight decay", decay, Double.MAX_VALUE);
      return this;
    }

    /** Sets the seed of dropout; the default is 0. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Returns the options. */
    public TrainingOptions build() {
      return new TrainingOptions(this);
    }

    private static double checked(String what, double value, double most) {
      if (!(value >= 0 && value <= most)) {
        throw new IllegalArgumentException(
            "the " + what + " must lie in [0, " + most + "], not " + value);
      }
      return value;
    }
  }
}
