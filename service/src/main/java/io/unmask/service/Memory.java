package io.unmask.service;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the bodies of all requests may hold together. Thread-safe. */
final class Memory {

  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  Memory(long limit) {
    this.limit = limit;
  }

  /** A quarter of the heap, and one body of the largest size at least. */
  static Memory forBodies(int maxBytes) {
    return new Memory(Math.max(Runtime.getRuntime().maxMemory() / 4, maxBytes));
  }

  /** Takes bytes. Returns whether there were so many. */
  boolean take(long bytes) {
    long now = taken.addAndGet(bytes);
    if (now > limit) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
