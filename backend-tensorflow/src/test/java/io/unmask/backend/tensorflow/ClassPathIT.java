package io.unmask.backend.tensorflow;

import static io.unmask.backend.tensorflow.BuiltJars.CPU;
import static io.unmask.backend.tensorflow.BuiltJars.NATIVES;
import static io.unmask.backend.tensorflow.BuiltJars.TENSORFLOW;
import static io.unmask.backend.tensorflow.BuiltJars.TESTS;
import static io.unmask.backend.tensorflow.BuiltJars.jars;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private Path merge(List<Path> jars, boolean mergeServices) throws IOException {
    return BuiltJars.merge(folder.resolve("merged.jar"), jars, mergeServices);
  }

  private static String run(List<Path> classPath, String... arguments) throws Exception {
    return new OwnJvm(classPath).run(arguments);
  }
}
