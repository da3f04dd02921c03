package io.unmask;

import io.unmask.spi.Program;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** From pixels to verdicts, until it is closed. Thread-safe. */
final class Inference implements AutoCloseable {

  private final Program program;
  private final Verdicts verdicts;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  Inference(Program program, Verdicts verdicts) {
    this.program = program;
    this.verdicts = verdicts;
  }

  /** Classifies an image. */
  Classification classify(Pixels image) {
    lock.readLock().lock();
    try {
      ensureOpen();
      long start = System.nanoTime();
      List<float[]> outputs = List.of(program.run(image.floats(), 1));
      return verdicts.decide(outputs, image.nanoseconds(), System.nanoTime() - start);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Does nothing while this is open.
   *
   * @throws IllegalStateException if it is closed
   */
  void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  /** Closes the program behind the calls under way. May be called again without effect. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        program.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
