package io.unmask.faces;

import io.unmask.concurrent.Futures;
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

  /**
   * Begins to open it, without waiting unless no thread can be started; whatever goes wrong, {@link
   * #get} says.
   */
  void begin() {
    begun();
    Thread thread = new Thread(opening, "unmask-faces");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      opening.run(); // who closes this waits for it
    }
  }

  /**
   * The network; waits until it is open.
   *
   * @throws IllegalStateException if this is closed
   */
  FaceNetwork get() {
    begun();
    opening.run(); // unless it runs, or has run
    return Futures.getUninterruptibly(opening);
  }

  private synchronized void begun() {
    if (closed) {
      throw new IllegalStateException("the search for faces is closed");
    }
    begun = true;
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
      network = Futures.getUninterruptibly(opening);
    } catch (RuntimeException e) {
      return; // it could not be opened, which get() has said or nobody asked
    }
    network.close();
  }
}
