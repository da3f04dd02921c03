package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jars on different class paths, each in a JVM of its own. */
class ClassPathIT {

  private static final Path EXAMPLES = Path.of(System.getProperty("unmask.examples"));
  private static final Path OWN_JAR = Path.of(System.getProperty("unmask.jar"));
  private static final Path TEST_CLASSES =
      Path.of(OpenDetector.class.getProtectionDomain().getCodeSource().getLocation().getPath());

  private static final Predicate<String> CPU =
      starts("unmask-backend-cpu", "dnnl", "opencl", "javacpp-platform");
  private static final Predicate<String> NATIVES =
      name -> name.startsWith("tensorflow-core-native") && name.matches(".*(x86_64|arm64)\\.jar");
  private static final Predicate<String> TENSORFLOW =
      starts("unmask-backend-tensorflow", "tensorflow", "ndarray", "protobuf");
  private static final Predicate<String> TESTS =
      name ->
          starts("junit", "opentest4j", "assertj", "byte-buddy", "apiguardian").test(name)
              || name.endsWith("-tests.jar");

  @TempDir private Path folder;

  private static Predicate<String> starts(String... prefixes) {
    return name -> Stream.of(prefixes).anyMatch(name::startsWith);
  }

  /** The jars that the tests were given, this module's built one in the place of its classes. */
  private static List<Path> jars(Predicate<String> left) {
    return Stream.concat(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile),
            Stream.of(OWN_JAR))
        .filter(jar -> !TESTS.or(left).test(jar.getFileName().toString()))
        .toList();
  }

  @Test
  void withBothTheCpuBackendIsChosen() throws Exception {
    assertThat(run(jars(TESTS))).isEqualTo("cpu java REAL");
  }

  @Test
  void withBothTensorFlowIsChosenByName() throws Exception {
    assertThat(run(jars(TESTS), "tensorflow", "tensorflow"))
        .isEqualTo("tensorflow tensorflow REAL");
  }

  @Test
  void withBothTensorFlowIsChosenBySystemProperty() throws Exception {
    List<String> options = List.of("-Dunmask.backend=tensorflow");
    assertThat(run(jars(TESTS), options, Map.of())).isEqualTo("tensorflow java REAL");
  }

  @Test
  void withBothTensorFlowIsChosenByTheEnvironment() throws Exception {
    assertThat(run(jars(TESTS), List.of(), Map.of("UNMASK_BACKEND", "tensorflow")))
        .isEqualTo("tensorflow java REAL");
  }

  @Test
  void anUnknownNameListsWhatThereIs() throws Exception {
    assertThat(run(jars(TESTS), "tensorflwo"))
        .startsWith("BackendException: there is no backend 'tensorflwo'")
        .contains("cpu (unmask-backend-cpu", "tensorflow (unmask-backend-tensorflow");
  }

  @Test
  void aloneEachIsChosen() throws Exception {
    assertThat(run(jars(TENSORFLOW))).isEqualTo("cpu java REAL");
    assertThat(run(jars(CPU))).isEqualTo("tensorflow java REAL");
  }

  @Test
  void withNeitherTheDependencyToAddIsNamed() throws Exception {
    assertThat(run(jars(CPU.or(TENSORFLOW))))
        .startsWith("BackendException: no backend can be used: the class path offers none")
        .contains("io.unmask:unmask-backend-cpu", "META-INF/services");
  }

  @Test
  void withoutItsNativesTensorFlowSaysWhatToAdd() throws Exception {
    assertThat(run(jars(CPU.or(NATIVES))))
        .startsWith("BackendException: no backend can be used: ")
        .contains("the class path has no TensorFlow natives", "io.unmask:unmask-tensorflow-cpu");
  }

  @Test
  void aMergedJarOffersBothIfTheServicesWereMergedAsWell() throws Exception {
    List<Path> jars = jars(NATIVES);
    List<Path> natives = jars(NATIVES.negate());
    List<Path> merged = Stream.concat(Stream.of(merge(jars, true)), natives.stream()).toList();
    assertThat(run(merged)).isEqualTo("cpu java REAL");
    assertThat(run(merged, "tensorflow", "tensorflow")).isEqualTo("tensorflow tensorflow REAL");
  }

  @Test
  void aMergedJarWithTheServicesOfOneHintsAtMergingThem() throws Exception {
    Path merged = merge(jars(NATIVES), false);
    assertThat(run(List.of(merged), "tensorflow"))
        .startsWith("BackendException: there is no backend 'tensorflow'")
        .contains("see that the META-INF/services files were merged");
  }

  /** Puts jars into one, as Maven's shade plugin does with or without its services transformer. */
  private Path merge(List<Path> jars, boolean mergeServices) throws IOException {
    Path merged = folder.resolve("merged.jar");
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

  private String run(List<Path> classPath, String... arguments) throws Exception {
    return run(classPath, List.of(), Map.of(), arguments);
  }

  private String run(
      List<Path> classPath,
      List<String> options,
      Map<String, String> environment,
      String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            Stream.concat(classPath.stream(), Stream.of(TEST_CLASSES))
                .map(Path::toString)
                .toList()));
    command.add(OpenDetector.class.getName());
    command.add(EXAMPLES.resolve("data/untrained.keras").toString());
    command.add(EXAMPLES.resolve("data/astronaut.jpg").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("UNMASK_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit status of %s", command).isZero();
    return output.strip();
  }
}
