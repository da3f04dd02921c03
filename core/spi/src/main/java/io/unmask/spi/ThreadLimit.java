package io.unmask.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The number of threads that the system lets this process start, and what to say if that is too
 * few.
 */
public final class ThreadLimit {

  /** What Java says, as an {@link OutOfMemoryError}, where it cannot start a thread. */
  private static final String SHORTAGE = "unable to create native thread";

  /** The same where it stands in the text of another error, of a class that failed before. */
  private static final String SHORTAGE_AS_TEXT = "java.lang.OutOfMemoryError: " + SHORTAGE;

  private static final Pattern OF_USER =
      Pattern.compile("^Max processes\\s+(\\d+)\\s", Pattern.MULTILINE);

  private ThreadLimit() {}

  /**
   * Whether something failed because no thread could be started. Java reports full memory with the
   * same kind of error; that does not count.
   */
  public static boolean isBehind(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e.toString().contains(SHORTAGE_AS_TEXT)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns how many threads can be started at once, at most as many as are wanted. To find out, it
   * starts them; they end at once.
   */
  public static int room(int wanted) {
    CountDownLatch counted = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    try {
      while (started.size() < wanted) {
        Thread trial = new Thread(() -> await(counted), "unmask-trial");
        trial.setDaemon(true);
        trial.start();
        started.add(trial);
      }
    } catch (OutOfMemoryError e) {
      // So many it is.
    } finally {
      counted.countDown();
    }
    started.forEach(ThreadLimit::join);
    return started.size();
  }

  /**
   * Checks that some threads can be started, before something begins that would otherwise fail for
   * ever or end the process.
   *
   * @throws OutOfMemoryError as Java throws it, if not so many threads can be started
   */
  public static void require(int threads) {
    if (room(threads) < threads) {
      throw new OutOfMemoryError(SHORTAGE);
    }
  }

  /** What limits threads, with its value as far as it is known, and how to raise it. */
  static String remedy() {
    return remedy(Path.of("/"));
  }

  static String remedy(Path root) {
    Optional<String> user =
        read(root.resolve("proc/self/limits"))
            .map(OF_USER::matcher)
            .filter(Matcher::find)
            .map(limit -> "this user's limit is " + limit.group(1) + " (ulimit -u)");
    Optional<String> group =
        Stream.of("sys/fs/cgroup/pids.max", "sys/fs/cgroup/pids/pids.max")
            .flatMap(file -> read(root.resolve(file)).stream())
            .map(String::strip)
            .filter(limit -> limit.matches("\\d+"))
            .map(limit -> "this container's is " + limit + " (--pids-limit)")
            .findFirst();
    List<String> limits = Stream.concat(user.stream(), group.stream()).toList();
    return "no more threads can be started: "
        + (limits.isEmpty()
            ? "the system limits them (ulimit -u, or the container's limit of processes)"
            : String.join(", ", limits) + ", for processes and threads together")
        + "; raise it, Java and Unmask take 30 for one image at a time";
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // other systems have no such file
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      // Nobody interrupts it, and there is nothing to do anyway.
    }
  }

  /** Waits until a thread has ended, also when interrupted; the caller is so afterwards. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
