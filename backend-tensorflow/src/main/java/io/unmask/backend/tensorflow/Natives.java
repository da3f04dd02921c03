package io.unmask.backend.tensorflow;

import com.sun.jna.NativeLibrary;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.spi.Availability;
import io.unmask.spi.Device;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.NativePlatforms;
import io.unmask.spi.Sheltered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.ZipEntry;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/** TensorFlow's native library: which is on the class path, and loading it. */
final class Natives {

  private static final Logger LOGGER = System.getLogger(Natives.class.getName());
  private static final String FOLDER = "org/tensorflow/internal/c_api";
  private static final String LIBRARY = "jnitensorflow";
  private static final String GPU = "-gpu";
  private static final String CPU_ARTIFACT = "io.unmask:unmask-tensorflow-cpu";
  private static final String GPU_ARTIFACT = "io.unmask:unmask-tensorflow-gpu";

  private final ClassLoader loader;
  private final String platform;
  private final List<URL> cpu;
  private final List<URL> gpu;

  private Natives(ClassLoader loader, String platform, List<URL> cpu, List<URL> gpu) {
    this.loader = loader;
    this.platform = platform;
    this.cpu = cpu;
    this.gpu = gpu;
  }

  /**
   * Looks for the library's files; loads nothing.
   *
   * @throws LinkageError if TensorFlow's or JavaCPP's classes are not there
   */
  static Natives find(ClassLoader loader) {
    String platform = Loader.getPlatform();
    return new Natives(
        loader, platform, resources(loader, platform), resources(loader, platform + GPU));
  }

  private static List<URL> resources(ClassLoader loader, String folder) {
    String name = FOLDER + "/" + folder + "/" + System.mapLibraryName(LIBRARY);
    try {
      return loader.resources(name).distinct().toList();
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  /** Whether these are the natives that can use a GPU. */
  boolean forGpu() {
    return !gpu.isEmpty();
  }

  /** Whether a network could be run on the device. */
  Availability probe(Device device, CudaInstallation cuda) {
    Optional<Availability.Unavailable> musl = NativePlatforms.musl();
    if (musl.isPresent()) {
      return musl.get();
    }
    List<URL> all = new ArrayList<>(cpu);
    all.addAll(gpu);
    if (all.isEmpty()) {
      return new Availability.Unavailable(
          "the class path has no TensorFlow natives for %s (no %s)%s"
              .formatted(
                  platform,
                  FOLDER + "/" + platform,
                  NativePlatforms.others(loader, FOLDER, LIBRARY)),
          "add the Maven dependency %s, or %s for an NVIDIA GPU; see %s"
              .formatted(CPU_ARTIFACT, GPU_ARTIFACT, Explanation.NATIVE_LIBRARY.link()));
    }
    if (all.size() > 1) {
      return new Availability.Unavailable(
          "the class path has TensorFlow natives that exclude each other: " + containers(all),
          "keep one of them; see " + Explanation.NATIVE_LIBRARY.link());
    }
    if (device == Device.CPU) {
      return available("cpu");
    }
    if (!forGpu()) {
      return device == Device.AUTO
          ? available("cpu")
          : new Availability.Unavailable(
              "the natives on the class path, %s, are TensorFlow's for the CPU"
                  .formatted(container(all.get(0))),
              "replace them by the Maven dependency %s, or ask for device cpu; see %s"
                  .formatted(GPU_ARTIFACT, Explanation.GPU.link()));
    }
    List<String> missing = cuda.missing();
    if (missing.isEmpty()) {
      return available("gpu" + cuda.model());
    }
    return device == Device.AUTO
        ? available("cpu; its GPU cannot be used: missing " + String.join(", ", missing))
        : new Availability.Unavailable(
            "TensorFlow's GPU natives miss " + String.join(", ", missing),
            "install what is missing and see that the dynamic linker finds it (ldconfig or"
                + " LD_LIBRARY_PATH), or ask for device cpu; see "
                + Explanation.GPU.link());
  }

  private Availability available(String device) {
    return new Availability.Available(
        "TensorFlow", device.equals("cpu") ? "cpu (" + platform + ")" : device);
  }

  /** The names of the jars, or where they are if they have the same name. */
  private static String containers(List<URL> resources) {
    List<String> names = resources.stream().map(Natives::container).distinct().toList();
    return names.size() == resources.size()
        ? String.join(", ", names)
        : String.join(", ", resources.stream().map(URL::toString).toList());
  }

  /** The name of the jar that a resource lies in, or the resource itself. */
  private static String container(URL resource) {
    String text = resource.toString();
    int end = text.indexOf("!/");
    return end < 0 ? text : text.substring(text.lastIndexOf('/', end - 1) + 1, end);
  }

  /**
   * Loads the library, the first time it is called; says so when it must be unpacked before.
   *
   * @throws BackendException if it cannot be loaded
   */
  void load() {
    if (probe(Device.CPU, CudaInstallation.ofThisMachine())
        instanceof Availability.Unavailable unavailable) {
      throw new BackendException(
          "TensorFlow cannot be used: %s; %s"
              .formatted(unavailable.reason(), unavailable.remedy()));
    }
    synchronized (Natives.class) {
      if (!Loader.getLoadedLibraries().containsKey(LIBRARY)) {
        Sheltered.run("unmask-tensorflow", this::loadFirst);
      }
    }
  }

  private void loadFirst() {
    // Else the number of threads of the first session in the process is that of all.
    ProcessEnvironment.setDefault("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
    (forGpu() ? gpu : cpu).stream().findFirst().ifPresent(Natives::unpack);
    try {
      NativeLibrary.getProcess(); // loads JNA, so that where it fails this says so
      NativeLog.quietly(() -> Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class));
    } catch (LinkageError | RuntimeException e) {
      throw EngineFailure.loading(
          "Backend 'tensorflow' cannot load TensorFlow",
          e,
          "see that %s and %s can be written, let libraries be run and have a gigabyte or two left"
              .formatted(unpacked(), System.getProperty("java.io.tmpdir")));
    }
  }

  /** Unpacks the library to where JavaCPP looks for it, unless it is there, and says so. */
  private static void unpack(URL library) {
    try {
      if (library.openConnection() instanceof JarURLConnection jar) {
        String entry = jar.getEntryName();
        Path cache = Loader.getCacheDir().toPath().resolve(container(library));
        if (!Files.exists(cache.resolve(entry))) {
          String folder = entry.substring(0, entry.lastIndexOf('/') + 1);
          List<JarEntry> files =
              jar.getJarFile().stream()
                  .filter(file -> file.getName().startsWith(folder) && !file.isDirectory())
                  .toList();
          LOGGER.log(
              Logger.Level.INFO,
              "Unpacking TensorFlow, {0} MB, to {1}. This happens once and takes up to a minute.",
              files.stream().mapToLong(ZipEntry::getSize).sum() / 1_000_000,
              cache);
          for (JarEntry file : files) {
            Loader.cacheResource(new URL(library, file.getName().substring(folder.length())));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Logger.Level.DEBUG, "TensorFlow is left for JavaCPP to unpack", e);
    }
  }

  /** The version that is loaded, such as {@code TensorFlow 2.18.0}. */
  static String version() {
    return "TensorFlow " + TensorFlow.version();
  }

  /** Where JavaCPP puts libraries before they are loaded. */
  private static String unpacked() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException | LinkageError e) {
      return "the folder that the system property org.bytedeco.javacpp.cachedir names";
    }
  }

  /** The first line of a message, as TensorFlow's go on for a screen. */
  static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
