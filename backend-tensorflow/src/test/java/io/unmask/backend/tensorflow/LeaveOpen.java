package io.unmask.backend.tensorflow;

import io.unmask.Detector;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that never closes its detector, and ends while other threads are calling it.
 *
 * <p>Arguments: model, image, the name of a backend, and {@code exit} or {@code return}.
 */
final class LeaveOpen {

  private static final int THREADS = 4;

  private LeaveOpen() {}

  public static void main(String[] args) throws InterruptedException {
    Detector detector = Detector.builder().model(Path.of(args[0])).backend(args[2]).open();
    CountDownLatch answers = new CountDownLatch(10 * THREADS);
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (true) {
                  detector.classify(Path.of(args[1]));
                  answers.countDown();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
    answers.await();
    System.out.println("left open");
    if (args[3].equals("exit")) {
      System.exit(0);
    }
  }
}
