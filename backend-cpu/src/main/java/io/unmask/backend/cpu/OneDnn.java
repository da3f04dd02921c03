package io.unmask.backend.cpu;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.spi.Availability;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.NativePlatforms;
import io.unmask.spi.Sheltered;
import io.unmask.spi.ThreadLimit;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** The native library: whether it is there, and loading it. */
final class OneDnn {

  private static final String FOLDER = "org/bytedeco/dnnl";
  private static final String LIBRARY = "jnidnnl";

  /** One that loads, one of JavaCPP's, one of JNA's, and one that the engine is called on. */
  private static final int THREADS = 4;

  private static boolean loaded;

  private OneDnn() {}

  /** Looks for the library's files on the class path; loads nothing. */
  static Availability probe() {
    String platform;
    try {
      platform = Loader.getPlatform();
    } catch (LinkageError e) {
      return new Availability.Unavailable(
          "JavaCPP is not on the class path",
          "add the Maven dependency org.bytedeco:javacpp; see " + Explanation.MISSING_JAR.link());
    }
    Optional<Availability.Unavailable> musl = NativePlatforms.musl();
    if (musl.isPresent()) {
      return musl.get();
    }
    String library = FOLDER + "/" + platform + "/" + System.mapLibraryName(LIBRARY);
    ClassLoader loader = OneDnn.class.getClassLoader();
    if (loader.getResource(library) == null) {
      return new Availability.Unavailable(
          "the class path has no oneDNN for %s (no %s)%s"
              .formatted(platform, library, NativePlatforms.others(loader, FOLDER, LIBRARY)),
          "add the Maven dependency org.bytedeco:dnnl-platform, or its artifact for this platform;"
              + " see "
              + Explanation.NATIVE_LIBRARY.link());
    }
    return new Availability.Available("oneDNN", "cpu (" + platform + ")");
  }

  /**
   * Loads the library, the first time it is called.
   *
   * @throws BackendException if it cannot be loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      // JavaCPP starts a thread when its first class is used, which never can be again if it fails.
      ThreadLimit.require(THREADS);
      Sheltered.run("unmask-onednn", () -> OpenMp.spinBriefly(() -> Loader.load(dnnl.class)));
      loaded = true;
    } catch (LinkageError | RuntimeException | OutOfMemoryError e) {
      throw EngineFailure.loading(
          "Backend 'cpu' cannot load oneDNN",
          e,
          "see that %s and %s can be written, let libraries be run and have 100 MB left"
              .formatted(unpacked(), System.getProperty("java.io.tmpdir")));
    }
  }

  /** The version that is loaded, such as {@code oneDNN 3.11.0}. */
  static String version() {
    try (dnnl_version_t version = dnnl.dnnl_version()) {
      return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
    }
  }

  /**
   * The instructions that it uses here, one of {@code dnnl.dnnl_cpu_isa_...}; 0 if it is no x86.
   */
  static int instructions() {
    return Loader.getPlatform().endsWith("x86_64") ? dnnl.dnnl_get_effective_cpu_isa() : 0;
  }

  /** Where JavaCPP puts libraries before they are loaded. */
  private static String unpacked() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException | LinkageError e) {
      return "the folder that the system property org.bytedeco.javacpp.cachedir names";
    }
  }
}
