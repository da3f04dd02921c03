package io.unmask;

import io.unmask.spi.ImageSize;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An image as the network reads it, or several views of one, in a buffer that is lent until {@link
 * #close}, which is called once.
 *
 * @param size the image's size before it was resized, or null if nobody knows
 * @param floats {@code [views, height, width, 3]} floats
 * @param nanoseconds how long preprocessing took
 * @param home where the buffer goes back to
 */
record Pixels(@Nullable ImageSize size, FloatBuffer floats, long nanoseconds, ImageBuffers home)
    implements AutoCloseable {

  @Override
  public void close() {
    home.give(floats);
  }
}
