package io.unmask.backend.cpu;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.bytedeco.javacpp.BytePointer;

/**
 * Native memory that weights pass through, one array after the other: to take fresh memory for each
 * takes the system longer than to fill it. Thread-safe, but for closing, before which all is given
 * back.
 */
final class Staging implements AutoCloseable {

  private final ConcurrentLinkedDeque<BytePointer> idle = new ConcurrentLinkedDeque<>();

  /** A block whose first bytes, as many as given, are the caller's until it gives it back. */
  BytePointer take(long bytes) {
    BytePointer block = idle.poll();
    long capacity = block == null ? 0 : block.capacity();
    if (block == null || capacity < bytes) {
      if (block != null) {
        block.close();
      }
      block = new BytePointer(Math.max(bytes, 2 * capacity));
    }
    return block.limit(bytes);
  }

  /** Lets others have the block. */
  void give(BytePointer block) {
    idle.push(block);
  }

  @Override
  public void close() {
    idle.forEach(BytePointer::close);
  }
}
