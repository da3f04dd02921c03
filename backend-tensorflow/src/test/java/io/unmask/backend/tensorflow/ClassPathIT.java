package io.unmask.backend.tensorflow;

import static io.unmask.backend.tensorflow.BuiltJars.CPU;
import static io.unmask.backend.tensorflow.BuiltJars.NATIVES;
import static io.unmask.backend.tensorflow.BuiltJars.TENSORFLOW;
import static io.unmask.backend.tensorflow.BuiltJars.TESTS;
import static io.unmask.backend.tensorflow.BuiltJars.jars;
import static io.unmask.backend.tensorflow.BuiltJars.starts;
import static io.unmask.backend.tensorflow.OwnJvm.TEST_CLASSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jars on different class paths, each in a JVM of its own. */
class ClassPathIT {

  @TempDir private Path folder;

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
    assertThat(new OwnJvm(jars(TESTS)).option("-Dunmask.backend=tensorflow").run())
        .isEqualTo("tensorflow java REAL");
  }

  @Test
  void withBothTensorFlowIsChosenByTheEnvironment() throws Exception {
    assertThat(new OwnJvm(jars(TESTS)).environment("UNMASK_BACKEND", "tensorflow").run())
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

  @ParameterizedTest
  @ValueSource(strings = {"application", "none", "0"})
  void theContextClassLoaderNeedNotSeeUnmask(String context) throws Exception {
    String all = path(Stream.concat(jars(TESTS).stream(), Stream.of(TEST_CLASSES)).toList());
    assertThat(loaders(context, all).run()).isEqualTo("cpu java REAL");
    assertThat(loaders(context, all).run("tensorflow", "tensorflow"))
        .isEqualTo("tensorflow tensorflow REAL");
  }

  @Test
  void aBackendInAClassLoaderBelowIsFoundIfThatIsTheContextClassLoader() throws Exception {
    Predicate<String> backend = CPU.or(starts("jna", "javacpp"));
    String above = path(jars(TESTS.or(backend).or(TENSORFLOW)));
    List<Path> engine = jars(TESTS.or(backend.negate()));
    String below = path(Stream.concat(engine.stream(), Stream.of(TEST_CLASSES)).toList());
    assertThat(loaders("1", above + " " + below).run()).isEqualTo("cpu java REAL");
    assertThat(loaders("none", above + " " + below).run())
        .startsWith("BackendException: no backend can be used: the class path offers none");
  }

  @Test
  void onTheModulePathTheCpuBackendIsFound() throws Exception {
    assertThat(
            new OwnJvm(List.of())
                .option("--module-path=" + path(jars(TENSORFLOW)))
                .option("--add-modules=ALL-MODULE-PATH")
                .run())
        .isEqualTo("cpu java REAL");
  }

  @Test
  void aModuleThatRequiresUnmaskGetsABackendFromTheModulePath() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/app"));
    Files.writeString(
        folder.resolve("sources/module-info.java"),
        "module app { requires io.unmask; requires java.desktop; }");
    Files.writeString(
        sources.resolve("App.java"),
        """
        package app;
        import io.unmask.Detector;
        import java.nio.file.Path;
        public class App {
          public static void main(String[] args) {
            try (Detector detector = Detector.builder().model(Path.of(args[0])).open()) {
              System.out.println(App.class.getModule() + " " + Detector.class.getModule().getName()
                  + " " + detector.classify(Path.of(args[1])).label());
            }
          }
        }
        """);
    String modules = path(jars(TENSORFLOW));
    Path classes = folder.resolve("classes");
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int status =
        javac.run(
            System.out,
            System.err,
            "--module-path=" + modules,
            "-d",
            classes.toString(),
            folder.resolve("sources/module-info.java").toString(),
            sources.resolve("App.java").toString());
    assertThat(status).isZero();
    assertThat(
            new OwnJvm(List.of())
                .option("--module-path=" + classes + File.pathSeparator + modules)
                .option("--add-modules=ALL-MODULE-PATH")
                .module("app/app.App")
                .run())
        .isEqualTo("module app io.unmask REAL");
  }

  @ParameterizedTest
  @MethodSource("otherJdks")
  void onAnotherJdkBothRun(String jdk) throws Exception {
    assumeThat(jdk).as("another JDK is installed").isNotEmpty();
    for (String backend : List.of("cpu", "tensorflow")) {
      assertThat(new OwnJvm(jars(TESTS)).home(Path.of(jdk)).run(backend))
          .isEqualTo(backend + " java REAL");
    }
  }

  /** JDKs that Linux distributions and {@code UNMASK_JDKS} offer besides the one of the tests. */
  static List<String> otherJdks() throws IOException {
    List<Path> candidates = new ArrayList<>();
    String given = Objects.requireNonNullElse(System.getenv("UNMASK_JDKS"), "");
    Stream.of(given.split(File.pathSeparator, -1))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .forEach(candidates::add);
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> folders = Files.list(usual)) {
        folders.filter(path -> path.resolve("bin/java").toFile().exists()).forEach(candidates::add);
      }
    }
    Set<Path> others = new TreeSet<>();
    for (Path candidate : candidates) {
      others.add(candidate.toRealPath());
    }
    others.remove(Path.of(System.getProperty("java.home")).toRealPath());
    return others.isEmpty() ? List.of("") : others.stream().map(Path::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({"cpu, return", "cpu, exit", "tensorflow, return", "tensorflow, exit"})
  void aDetectorThatIsNeverClosedDoesNotCrashAtTheEnd(String backend, String end) throws Exception {
    assertThat(new OwnJvm(jars(TESTS)).program(LeaveOpen.class).run(backend, end))
        .isEqualTo("left open");
  }

  private static OwnJvm loaders(String context, String classPaths) {
    return new OwnJvm(List.of())
        .program(OtherLoaders.class)
        .option("-Dloaders=" + classPaths)
        .option("-Dcontext=" + context);
  }

  private static String path(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  private Path merge(List<Path> jars, boolean mergeServices) throws IOException {
    return BuiltJars.merge(folder.resolve("merged.jar"), jars, mergeServices);
  }

  private static String run(List<Path> classPath, String... arguments) throws Exception {
    return new OwnJvm(classPath).run(arguments);
  }
}
