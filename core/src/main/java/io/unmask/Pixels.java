package io.unmask;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An image as the network reads it, or several views of one, in a buffer that is lent until {@link
 * #close}, which is called once.
 *
 * @param picture the image before it was resized, or null if nobody knows
 * @param floats {@code [views, height, width, 3]} floats
 * @param nanoseconds how long preprocessing took
 * @param home where the buffer goes back to
 */
record Pixels(@Nullable Picture picture, FloatBuffer floats, long nanoseconds, ImageBuffers home)
    implements AutoCloseable {

  @Override
  public void close() {
    home.give(floats);
  }
}
