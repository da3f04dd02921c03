package io.unmask.service;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a body as they come. It grows with what has come and not with what was announced, so
 * that a client who announces much and sends little takes little. Not thread-safe.
 */
final class Body {

  private static final int FIRST = 1 << 14;

  private final Memory memory;
  private final int maxBytes;

  /** What the client says the length is, or -1. */
  private final long announced;

  private byte[] bytes = new byte[0];
  private int size;
  private boolean closed;

  Body(Memory memory, int maxBytes, long announced) {
    this.memory = memory;
    this.maxBytes = maxBytes;
    this.announced = announced;
  }

  /**
   * Adds bytes.
   *
   * @throws ProblemException if there are too many, or no memory is left for them
   */
  void add(ByteBuffer more) {
    int count = more.remaining();
    if (count > maxBytes - size) {
      throw new ProblemException(Problem.tooLarge(maxBytes));
    }
    if (size + count > bytes.length) {
      grow(size + count);
    }
    more.get(bytes, size, count);
    size += count;
  }

  private void grow(int least) {
    long most = announced >= least ? announced : maxBytes;
    int capacity = (int) Math.max(least, Math.min(most, Math.max(FIRST, 2L * bytes.length)));
    if (!memory.take(capacity - bytes.length)) {
      throw new ProblemException(Problem.busy(1));
    }
    bytes = Arrays.copyOf(bytes, capacity);
  }

  /** All of them. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** Gives the memory back. May be called again without effect. */
  void close() {
    if (!closed) {
      closed = true;
      memory.giveBack(bytes.length);
    }
  }
}
