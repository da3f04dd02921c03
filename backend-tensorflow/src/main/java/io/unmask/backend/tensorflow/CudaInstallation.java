package io.unmask.backend.tensorflow;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What TensorFlow's GPU library opens at run time: NVIDIA's driver, CUDA 12 and cuDNN 9. */
final class CudaInstallation {

  /** What TensorFlow 2.18 opens (tsl/platform/default/dlopen_checker.cc), else it has no GPU. */
  private static final List<String> LIBRARIES =
      List.of(
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libcudnn.so.9");

  private static final List<String> TRUSTED_FOLDERS =
      List.of("lib64", "usr/lib64", "lib", "usr/lib");

  private final Path root;
  private final String libraryPath;

  /**
   * Describes a machine.
   *
   * @param root the root of its file system
   * @param libraryPath the folders, separated as in {@code LD_LIBRARY_PATH}, that are searched
   *     first
   */
  CudaInstallation(Path root, String libraryPath) {
    this.root = root;
    this.libraryPath = libraryPath;
  }

  /** This machine's. */
  static CudaInstallation ofThisMachine() {
    String libraryPath = System.getenv("LD_LIBRARY_PATH");
    return new CudaInstallation(Path.of(File.separator), libraryPath == null ? "" : libraryPath);
  }

  /** What is missing, in words; empty if nothing is. Opens no library and never throws. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    // A virtual machine under Windows (WSL) has dxg in the place of NVIDIA's own devices.
    if (Stream.of("dev/nvidiactl", "dev/dxg").noneMatch(this::exists)) {
      missing.add("the NVIDIA driver (no /dev/nvidiactl)");
    }
    String cache = linkerCache();
    Stream.concat(Stream.of("libcuda.so.1"), LIBRARIES.stream())
        .filter(library -> !found(library, cache))
        .forEach(missing::add);
    return missing;
  }

  private boolean found(String library, String cache) {
    return cache.contains("/" + library + "\0")
        || Stream.of(libraryPath.split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .anyMatch(folder -> new File(folder, library).exists())
        || TRUSTED_FOLDERS.stream().anyMatch(folder -> exists(folder + "/" + library));
  }

  private boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  /** The dynamic linker's list of libraries: paths that end in a zero byte, among other things. */
  private String linkerCache() {
    try {
      return Files.readString(root.resolve("etc/ld.so.cache"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** The model of the first GPU in brackets after a space, or nothing where it cannot be told. */
  String model() {
    try (DirectoryStream<Path> gpus =
        Files.newDirectoryStream(root.resolve("proc/driver/nvidia/gpus"))) {
      for (Path gpu : gpus) {
        for (String line : Files.readAllLines(gpu.resolve("information"))) {
          if (line.startsWith("Model:")) {
            return " (" + line.substring("Model:".length()).strip() + ")";
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      return "";
    }
    return "";
  }
}
