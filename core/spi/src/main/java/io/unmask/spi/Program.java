package io.unmask.spi;

import java.nio.FloatBuffer;

/**
 * A network compiled for an engine. Thread-safe: any number of threads may call {@link #run}, and
 * the results are the same bits as from one thread.
 *
 * <p>{@link #close} releases everything native; it waits for calls under way, and may be called
 * again without effect.
 */
public interface Program extends AutoCloseable {

  /**
   * Runs the network on some images.
   *
   * @param images {@code [count, height, width, channel]} floats in row-major order, between the
   *     buffer's position and limit, neither of which is changed
   * @param count the number of images, at least 1
   * @return one array for each output of the network: {@code [count, output...]} floats in
   *     row-major order
   * @throws IllegalArgumentException if the buffer does not hold that many images
   * @throws IllegalStateException if the program is closed
   * @throws io.unmask.error.BackendException if the engine fails
   */
  float[][] run(FloatBuffer images, int count);

  /**
   * How many images of many {@link #run} is best given at once: 1, unless more take less time an
   * image than one does. A detector gives it so many if they are there, and fewer if they are not.
   */
  default int preferredBatch() {
    return 1;
  }

  /** What really runs the network. */
  ProgramInfo info();

  @Override
  void close();
}
