package io.unmask.spi;

import java.nio.FloatBuffer;

/**
 * A network compiled for an engine. Thread-safe: any number of threads may call {@link #run}, and
 * the results are the same, bit for bit, as from one thread.
 *
 * <p>{@link #close} releases all native memory, after the calls in progress have returned. Further
 * calls have no effect.
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
   * The number of images that {@link #run} is best called with if there are many: 1, unless a
   * larger batch takes less time per image. A detector passes this many images if they are ready,
   * and fewer if they are not.
   */
  default int preferredBatch() {
    return 1;
  }

  /** Describes what really runs the network. */
  ProgramInfo info();

  @Override
  void close();
}
