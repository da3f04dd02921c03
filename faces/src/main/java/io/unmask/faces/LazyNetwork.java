package io.unmask.faces;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A network that is read and compiled when it is first needed, or ahead of that on a thread of its
 * own. Thread-safe; what is opened is closed with it.
 */
final class LazyNetwork implements AutoCloseable {

  private final FutureTask<FaceNetwork> opening;
  private boolean begun;
  private boolean closed;

  LazyNetwork(Supplier<FaceNetwork> opening) {
    this.opening = new FutureTask<>(opening::get);
  }

  /** Begins to open it, without waiting; whatever goes wrong, {@link #get} says. */
  void begin() {
    begun();
    Thread thread = new Thread(opening, "unmask-faces");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The network; waits until it is open.
   *
   * @throws IllegalStateException if this is closed
   */
  FaceNetwork get() {
    begun();
    opening.run(); // unless it runs, or has run
    return opened();
  }

  private synchronized void begun() {
    if (closed) {
      throw new IllegalStateException("the search for faces is closed");
    }
    begun = true;
  }

  /** Waits also if the thread is interrupted, and leaves it so. */
  private FaceNetwork opened() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return opening.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (!begun) {
        return;
      }
    }
    FaceNetwork network;
    try {
      network = opened();
    } catch (RuntimeException e) {
      return; // it could not be opened, which get() has said or nobody asked
    }
    network.close();
  }
}
