package io.unmask.spi;

import io.unmask.error.Explanation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The platforms that a class path has native libraries for, to name them in a message if the right
 * one is missing.
 */
public final class NativePlatforms {

  private static final List<String> PLATFORMS =
      List.of(
          "linux-x86_64",
          "linux-arm64",
          "macosx-arm64",
          "macosx-x86_64",
          "windows-x86_64",
          "windows-arm64");

  private NativePlatforms() {}

  /**
   * Says why engines cannot be used if Java runs on musl instead of glibc, as on Alpine Linux: no
   * engine's native library was built for musl, and an attempt to load one may end the process.
   * Empty on other systems.
   */
  public static Optional<Availability.Unavailable> musl() {
    return musl(Path.of("/"));
  }

  static Optional<Availability.Unavailable> musl(Path root) {
    // To look for the file is quick, and it may lie there though Java uses glibc.
    boolean installed =
        Stream.of("x86_64", "aarch64")
            .anyMatch(each -> Files.exists(root.resolve("lib/ld-musl-" + each + ".so.1")));
    return installed && usesMusl(root.resolve("proc/self/maps"))
        ? Optional.of(
            new Availability.Unavailable(
                "this Linux has musl (Alpine), and the native libraries need glibc",
                "use an image with glibc, such as eclipse-temurin:17-jre instead of"
                    + " eclipse-temurin:17-jre-alpine; see "
                    + Explanation.NATIVE_LIBRARY.link()))
        : Optional.empty();
  }

  /** Whether this process has musl's loader in its memory. */
  private static boolean usesMusl(Path maps) {
    try {
      return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/ld-musl-");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks for a library as JavaCPP lays it out: {@code folder/platform/library}.
   *
   * @param folder the folder, such as {@code org/bytedeco/dnnl}
   * @param library the name without what a platform adds to it, such as {@code jnidnnl}
   * @return a part of a message: {@code , only for linux-arm64}, or an empty string if there is
   *     none at all
   */
  public static String others(ClassLoader loader, String folder, String library) {
    List<String> found =
        PLATFORMS.stream()
            .filter(
                platform ->
                    Stream.of("lib%s.so", "lib%s.dylib", "%s.dll")
                        .map(name -> folder + "/" + platform + "/" + name.formatted(library))
                        .anyMatch(file -> loader.getResource(file) != null))
            .toList();
    return found.isEmpty() ? "" : ", only for " + String.join(", ", found);
  }
}
