package io.unmask;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for preprocessed images, used again and again, so that there are never more than calls
 * were under way at once. They lie outside the heap, where engines read them without a copy.
 * Thread-safe.
 */
final class ImageBuffers {

  /** Puts an image into a buffer. */
  @FunctionalInterface
  interface Source {

    /** Returns the image before it was resized, or null if nobody knows. */
    @Nullable Picture put(FloatBuffer pixels);
  }

  private final ConcurrentLinkedQueue<FloatBuffer> idle = new ConcurrentLinkedQueue<>();
  private final int size;

  /** Buffers of the given number of floats. */
  ImageBuffers(int size) {
    this.size = size;
  }

  /** An image that is put into a buffer of these, and how long that took. */
  Pixels fill(Source source) {
    FloatBuffer buffer = take();
    try {
      long start = System.nanoTime();
      @Nullable Picture picture = source.put(buffer);
      return new Pixels(picture, buffer.flip(), System.nanoTime() - start, this);
    } catch (RuntimeException | Error e) {
      give(buffer);
      throw e;
    }
  }

  /**
   * An empty buffer.
   *
   * @throws BackendException if there is no memory for one
   */
  FloatBuffer take() {
    @Nullable FloatBuffer buffer = idle.poll();
    if (buffer == null) {
      buffer = allocate();
    }
    return buffer.clear();
  }

  private FloatBuffer allocate() {
    int bytes = Math.toIntExact((long) size * Float.BYTES);
    try {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    } catch (OutOfMemoryError e) {
      throw new BackendException(
          Explanation.MEMORY,
          "there is no memory for an image or a batch of %d bytes (%s); use fewer threads at a time,"
                  .formatted(bytes, e.getMessage())
              + " or raise -XX:MaxDirectMemorySize",
          e);
    }
  }

  /** Takes a buffer back that nobody uses any more. */
  void give(FloatBuffer buffer) {
    idle.add(buffer);
  }

  /** Leaves the idle buffers to the garbage collector. */
  void clear() {
    idle.clear();
  }
}
