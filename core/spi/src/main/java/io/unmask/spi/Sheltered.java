package io.unmask.spi;

import io.unmask.concurrent.Futures;
import java.util.concurrent.FutureTask;

/**
 * Runs work that an interrupt of the caller must not reach, such as loading a native library: files
 * are unpacked through channels that an interrupt closes, and a class whose initialisation failed
 * once fails for ever, for all threads.
 */
public final class Sheltered {

  private Sheltered() {}

  /**
   * Runs work on a thread of its own and waits for it. An interrupt does not end the wait; the
   * caller's interrupted flag is set afterwards. If no thread can be started, the caller's thread
   * does the work.
   *
   * @param name the name of the thread
   * @throws RuntimeException whatever the work throws; errors too
   */
  public static void run(String name, Runnable work) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      task.run();
    }
    Futures.getUninterruptibly(task);
  }
}
