package io.unmask.backend.cpu;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The thread runtime that oneDNN is built with. Neither oneDNN nor its binding can set the number
 * of threads, so its own function is called; it counts for parallel regions that the calling thread
 * starts.
 */
final class OpenMp {

  /**
   * How many times a worker looks whether there is work before it sleeps. The runtime's own default
   * of 300,000 is milliseconds: where another process wants the processor, each of a network's
   * hundred steps then waits for a worker that another one's spinning keeps from running, and 25 ms
   * become 700. With 1,000 they become 52, and an idle machine is as fast as before (see
   * docs/performance.md).
   */
  private static final String SPIN_COUNT = "1000";

  /** Kept once it was found, as it is called many times for each run of a network. */
  private static volatile @Nullable Function setter;

  private OpenMp() {}

  /**
   * Loads the runtime with workers that do not spin for long. It reads its settings from the
   * environment while it is loaded, so one is put there for that time, unless the user has set how
   * workers wait.
   */
  static void spinBriefly(Runnable load) {
    loadJna();
    boolean unixLike = !System.getProperty("os.name", "").startsWith("Windows");
    if (!unixLike
        || loaded().isPresent()
        || System.getenv("GOMP_SPINCOUNT") != null
        || System.getenv("OMP_WAIT_POLICY") != null) {
      load.run();
      return;
    }
    boolean set = call("setenv", "GOMP_SPINCOUNT", SPIN_COUNT, 1);
    try {
      load.run();
    } finally {
      if (set) {
        call("unsetenv", "GOMP_SPINCOUNT");
      }
    }
  }

  /**
   * Loads JNA, without which no number of threads can be set.
   *
   * @throws LinkageError if it is not there, or cannot unpack or load its native part
   */
  private static void loadJna() {
    Native.isProtected(); // any of its methods does
  }

  /** Calls a function of the C library, if it can be found: without, workers spin for longer. */
  private static boolean call(String function, Object... arguments) {
    try {
      return NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments) == 0;
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(OpenMp.class.getName())
          .log(System.Logger.Level.DEBUG, function + " cannot be called", e);
      return false;
    }
  }

  /**
   * Sets how many threads work for the calling thread.
   *
   * @throws BackendException if the runtime cannot be found
   */
  static void setThreads(int threads) {
    try {
      @Nullable Function found = setter;
      if (found == null) {
        found = NativeLibrary.getInstance(library()).getFunction("omp_set_num_threads");
        setter = found;
      }
      found.invokeVoid(new Object[] {threads});
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException(
          Explanation.ENGINE,
          "Backend 'cpu' cannot set the number of threads to %d (%s); use the oneDNN of"
                  .formatted(threads, e.getMessage())
              + " org.bytedeco:dnnl-platform, which brings the library that does it",
          e);
    }
  }

  /**
   * Starts the workers of the calling thread, so that they are there when others want threads too:
   * the runtime ends the process if it cannot start one. It makes a parallel region of a function
   * that does nothing; where the runtime is not GNU's, workers start when there is work.
   */
  static void startWorkers() {
    try {
      NativeLibrary runtime = NativeLibrary.getInstance(library());
      Function nothing = runtime.getFunction("omp_get_thread_num");
      runtime
          .getFunction("GOMP_parallel")
          .invokeVoid(new Object[] {nothing, Pointer.NULL, 0, 0}); // 0: as many as were set
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(OpenMp.class.getName())
          .log(System.Logger.Level.DEBUG, "workers start when there is work", e);
    }
  }

  private static String library() {
    return loaded().orElse("gomp");
  }

  /** The runtime's file, if it is loaded. */
  private static Optional<String> loaded() {
    return Loader.getLoadedLibraries().entrySet().stream()
        .filter(library -> library.getKey().matches("(gomp|iomp5|omp|vcomp).*"))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
