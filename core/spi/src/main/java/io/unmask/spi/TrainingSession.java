package io.unmask.spi;

import io.unmask.network.Network;
import java.nio.FloatBuffer;

/**
 * A network in training. Not thread-safe. On the CPU of one machine, with the same number of
 * threads, equal calls in the same order give the same weights, bit for bit; on a GPU they may not.
 *
 * <p>{@link #close} releases all native memory; further calls have no effect. Every other method
 * then throws {@link IllegalStateException}.
 */
public interface TrainingSession extends AutoCloseable {

  /**
   * Takes one step of the optimizer.
   *
   * @param images {@code [count, height, width, channel]} floats in row-major order, between the
   *     buffer's position and limit, neither of which is changed
   * @param labels one for each image: 1 for the class whose probability is the network's output,
   *     otherwise 0
   * @param learningRate Adam's learning rate, positive
   * @return the loss and the number of correct results on this batch before the step, with dropout
   *     and batch statistics as in training
   * @throws IllegalArgumentException if there is no label, a label lies outside [0, 1], or the
   *     buffer does not hold as many images
   * @throws io.unmask.error.BackendException if the engine fails
   */
  BatchResult step(FloatBuffer images, float[] labels, double learningRate);

  /**
   * Returns the loss and the number of correct results on a batch, computed as at inference,
   * without smoothing of labels. Changes nothing.
   *
   * @throws IllegalArgumentException as {@link #step}
   * @throws io.unmask.error.BackendException if the engine fails
   */
  BatchResult evaluate(FloatBuffer images, float[] labels);

  /**
   * Returns the probabilities, computed as at inference. Changes nothing.
   *
   * @param count the number of images, at least 1
   * @throws IllegalArgumentException if the buffer does not hold that many images
   * @throws io.unmask.error.BackendException if the engine fails
   */
  float[] predict(FloatBuffer images, int count);

  /** The network with its present weights, and the same layers and names. */
  Network network();

  /**
   * The present state of the optimizer; together with {@link #network} it is all that is needed to
   * continue elsewhere.
   */
  OptimizerState optimizerState();

  /**
   * Restores the optimizer state of another session with the same network and the same options.
   *
   * @throws IllegalArgumentException if the state belongs to other weights
   */
  void restore(OptimizerState state);

  /** Describes what really runs the network. */
  ProgramInfo info();

  @Override
  void close();
}
