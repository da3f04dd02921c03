package io.unmask.backend.tensorflow;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The built jars and those that they need, in selections. */
final class BuiltJars {

  private static final Path OWN_JAR = Path.of(System.getProperty("unmask.jar"));
  static final Predicate<String> CPU =
      starts("unmask-backend-cpu", "dnnl", "opencl", "javacpp-platform");
  static final Predicate<String> NATIVES =
      name -> name.startsWith("tensorflow-core-native") && name.matches(".*(x86_64|arm64)\\.jar");
  static final Predicate<String> TENSORFLOW =
      starts("unmask-backend-tensorflow", "tensorflow", "ndarray", "protobuf");
  static final Predicate<String> TESTS =
      name ->
          starts("unmask-testkit", "junit", "opentest4j", "assertj", "byte-buddy", "apiguardian")
                  .test(name)
              || name.endsWith("-tests.jar");

  private BuiltJars() {}

  static Predicate<String> starts(String... prefixes) {
    return name -> Stream.of(prefixes).anyMatch(name::startsWith);
  }

  /** The jars that the tests were given, this module's built one in the place of its classes. */
  static List<Path> jars(Predicate<String> left) {
    return Stream.concat(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile),
            Stream.of(OWN_JAR))
        .filter(jar -> !TESTS.or(left).test(jar.getFileName().toString()))
        .toList();
  }

  /** Puts jars into one, as Maven's shade plugin does with or without its services transformer. */
  static Path merge(Path merged, List<Path> jars, boolean mergeServices) throws IOException {
    Set<String> written = new HashSet<>();
    Map<String, String> services = new TreeMap<>();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(merged))) {
      out.setLevel(1);
      for (Path jar : jars) {
        try (JarFile source = new JarFile(jar.toFile())) {
          for (Enumeration<? extends ZipEntry> e = source.entries(); e.hasMoreElements(); ) {
            ZipEntry entry = e.nextElement();
            try (InputStream in = source.getInputStream(entry)) {
              if (mergeServices && entry.getName().matches("META-INF/services/.+")) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
                services.merge(entry.getName(), text, String::concat);
              } else if (written.add(entry.getName())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
              }
            }
          }
        }
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        out.putNextEntry(new ZipEntry(service.getKey()));
        out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return merged;
  }
}
