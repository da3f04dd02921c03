package io.unmask.spi;

import io.unmask.network.Network;
import java.nio.FloatBuffer;

/**
 * A network in training. Not thread-safe. Equal calls in the same order give the same weights, bit
 * by bit, on one machine with the same number of threads on the CPU; on a GPU they may not.
 *
 * <p>{@link #close} releases everything native, and may be called again without effect. Every other
 * method then throws {@link IllegalStateException}.
 */
public interface TrainingSession extends AutoCloseable {

  /**
   * Takes one step of the optimizer.
   *
   * @param images {@code [count, height, width, channel]} floats in row-major order, between the
   *     buffer's position and limit, neither of which is changed
   * @param labels one an image, 1 for the class whose probability the network puts out, else 0
   * @param learningRate Adam's, positive
   * @return the loss and the hits on this batch before the step, with dropout and batch statistics
   *     as in training
   * @throws IllegalArgumentException if there is no label, a label lies outside [0, 1], or the
   *     buffer does not hold as many images
   * @throws io.unmask.error.BackendException if the engine fails
   */
  BatchResult step(FloatBuffer images, float[] labels, double learningRate);

  /**
   * The loss and the hits on a batch as at inference, without smoothing of labels. Changes nothing.
   *
   * @throws IllegalArgumentException as {@link #step}
   * @throws io.unmask.error.BackendException if the engine fails
   */
  BatchResult evaluate(FloatBuffer images, float[] labels);

  /**
   * The probabilities as at inference. Changes nothing.
   *
   * @param count the number of images, at least 1
   * @throws IllegalArgumentException if the buffer does not hold that many images
   * @throws io.unmask.error.BackendException if the engine fails
   */
  float[] predict(FloatBuffer images, int count);

  /** The network with the weights it has now, of the same layers and names. */
  Network network();

  /** The optimizer's state now; with {@link #network} all that is needed to go on elsewhere. */
  OptimizerState optimizerState();

  /**
   * Takes over the state of another session over the same network with the same options.
   *
   * @throws IllegalArgumentException if the state is that of other weights
   */
  void restore(OptimizerState state);

  /** What really runs the network. */
  ProgramInfo info();

  @Override
  void close();
}
