package io.unmask.spi;

import java.util.List;
import java.util.stream.Stream;

/**
 * The platforms that a class path has a native library for, to name them where the right one lacks.
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
   * Looks for a library as JavaCPP lays it out: {@code folder/platform/library}.
   *
   * @param folder such as {@code org/bytedeco/dnnl}
   * @param library its name without what a platform adds, such as {@code jnidnnl}
   * @return a part of a message: {@code , only for linux-arm64}, or nothing if there is none at all
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
