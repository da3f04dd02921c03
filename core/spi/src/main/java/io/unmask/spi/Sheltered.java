package io.unmask.spi;

import io.unmask.concurrent.Futures;
import java.util.concurrent.FutureTask;

/**
 * Work that an interrupt of its caller must not reach, such as loading a native library: Java files
 * are unpacked through channels that an interrupt closes, and a class whose initialisation failed
 * once fails for ever, for all threads.
 */
public final class Sheltered {

  private Sheltered() {}

  /**
   * Runs work on a thread of its own and waits for it, also when interrupted; the caller is so
   * afterwards. Where no thread can be started the caller's does it.
   *
   * @param name what the thread is called
   * @throws RuntimeException what the work throws, likewise errors
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
