package io.unmask.backend.cpu;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.unmask.error.BackendException;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * The thread runtime that oneDNN is built with. Neither oneDNN nor its binding can set the number
 * of threads, so its own function is called; it counts for parallel regions that the calling thread
 * starts.
 */
final class OpenMp {

  private OpenMp() {}

  /**
   * Sets how many threads work for the calling thread.
   *
   * @throws BackendException if the runtime cannot be found
   */
  static void setThreads(int threads) {
    try {
      Function function = NativeLibrary.getInstance(library()).getFunction("omp_set_num_threads");
      function.invokeVoid(new Object[] {threads});
    } catch (LinkageError e) {
      throw new BackendException(
          "Backend 'cpu' cannot set the number of threads to %d (%s); set the environment variable"
                  .formatted(threads, e.getMessage())
              + " OMP_NUM_THREADS instead",
          e);
    }
  }

  private static String library() {
    for (Map.Entry<String, String> loaded : Loader.getLoadedLibraries().entrySet()) {
      if (loaded.getKey().matches("(gomp|iomp5|omp|vcomp).*")) {
        return loaded.getValue();
      }
    }
    return "gomp";
  }
}
