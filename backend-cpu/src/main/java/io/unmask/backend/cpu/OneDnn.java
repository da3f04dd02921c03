package io.unmask.backend.cpu;

import io.unmask.error.BackendException;
import io.unmask.spi.Availability;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** The native library: whether it is there, and loading it. */
final class OneDnn {

  private static final String REMEDY =
      "add the Maven dependency org.bytedeco:dnnl-platform, or its artifact for this platform";

  private OneDnn() {}

  /** Looks for the library's files on the class path; loads nothing. */
  static Availability probe() {
    String platform;
    try {
      platform = Loader.getPlatform();
    } catch (LinkageError e) {
      return new Availability.Unavailable(
          "JavaCPP is not on the class path", "add the Maven dependency org.bytedeco:javacpp");
    }
    String library = "org/bytedeco/dnnl/" + platform + "/" + System.mapLibraryName("jnidnnl");
    ClassLoader loader = OneDnn.class.getClassLoader();
    if (loader == null || loader.getResource(library) == null) {
      return new Availability.Unavailable(
          "the class path has no oneDNN for " + platform + " (no " + library + ")", REMEDY);
    }
    return new Availability.Available("oneDNN", "cpu (" + platform + ")");
  }

  /**
   * Loads the library, the first time it is called.
   *
   * @throws BackendException if it cannot be loaded
   */
  static synchronized void load() {
    try {
      OpenMp.spinBriefly(() -> Loader.load(dnnl.class));
    } catch (LinkageError e) {
      throw new BackendException(
          "Backend 'cpu' cannot load oneDNN (%s); %s, and see that the folder %s can be written"
              .formatted(firstLine(e), REMEDY, System.getProperty("user.home") + "/.javacpp"),
          e);
    }
  }

  /** The version that is loaded, such as {@code oneDNN 3.11.0}. */
  static String version() {
    try (dnnl_version_t version = dnnl.dnnl_version()) {
      return "oneDNN %d.%d.%d".formatted(version.major(), version.minor(), version.patch());
    }
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
