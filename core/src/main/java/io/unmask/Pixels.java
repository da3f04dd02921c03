package io.unmask;

import java.nio.FloatBuffer;

/**
 * An image as the network reads it, in a buffer that is lent until {@link #close}, which is called
 * once.
 *
 * @param floats {@code [height, width, 3]} floats
 * @param nanoseconds how long preprocessing took
 * @param home where the buffer goes back to
 */
record Pixels(FloatBuffer floats, long nanoseconds, ImageBuffers home) implements AutoCloseable {

  @Override
  public void close() {
    home.give(floats);
  }
}
