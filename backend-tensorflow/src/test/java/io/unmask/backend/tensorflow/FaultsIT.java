package io.unmask.backend.tensorflow;

import static io.unmask.backend.tensorflow.BuiltJars.CPU;
import static io.unmask.backend.tensorflow.BuiltJars.TENSORFLOW;
import static io.unmask.backend.tensorflow.BuiltJars.TESTS;
import static io.unmask.backend.tensorflow.BuiltJars.jars;
import static io.unmask.backend.tensorflow.BuiltJars.starts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees when something outside Unmask is wrong, each in a JVM of its own. */
class FaultsIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "dnnl-3, no oneDNN for",
    "javacpp-1, JavaCPP is not on the class path",
    "jna-, com.sun.jna.",
    "opencl-3, org.bytedeco.opencl.",
  })
  void withoutAJarTheCpuBackendNamesWhatLacks(String jar, String expected) throws Exception {
    assertThat(new OwnJvm(jars(TENSORFLOW.or(starts(jar)))).run())
        .startsWith("BackendException: ")
        .contains(expected)
        .containsPattern("docs/errors.md#(missing-jar|native-library)");
  }

  @ParameterizedTest
  @CsvSource({
    "javacpp-1, org/bytedeco/javacpp/Loader",
    "jna-, com.sun.jna.",
    "ndarray-, org.tensorflow.ndarray.",
    "protobuf-, com.google.protobuf.",
    "tensorflow-core-api-, org.tensorflow.",
  })
  void withoutAJarTheTensorFlowBackendNamesWhatLacks(String jar, String expected) throws Exception {
    assertThat(new OwnJvm(jars(CPU.or(starts(jar)))).run())
        .startsWith("BackendException: ")
        .contains(expected)
        .contains("docs/errors.md#missing-jar");
  }

  @Test
  void withoutANativePartTheReasonIsTheFirstAttempts() throws Exception {
    Predicate<String> part = name -> name.matches("opencl-.*(x86_64|arm64)\\.jar");
    assertThat(new OwnJvm(jars(TENSORFLOW.or(part))).run())
        .startsWith("BackendException: Backend 'cpu' cannot load oneDNN: ")
        .contains("no jniOpenCL in java.library.path")
        .doesNotContain("Could not initialize class")
        .endsWith("see docs/errors.md#native-loading");
  }

  @Test
  void nativesForAnotherPlatformAreNamed() throws Exception {
    String other = "linux-arm64".equals(Loader.getPlatform()) ? "linux-x86_64" : "linux-arm64";
    String option = "-Dorg.bytedeco.javacpp.platform=" + other;
    assertThat(new OwnJvm(jars(TESTS)).option(option).run())
        .startsWith("BackendException: no backend can be used: ")
        .contains("no oneDNN for " + other, "no TensorFlow natives for " + other)
        .contains(", only for " + Loader.getPlatform())
        .contains("docs/errors.md#native-library");
  }

  @Test
  void aBackendThatIsAbsentIsNamedWithItsOwnDependency() throws Exception {
    assertThat(new OwnJvm(jars(TENSORFLOW)).run("tensorflow"))
        .startsWith("BackendException: there is no backend 'tensorflow'")
        .contains("io.unmask:unmask-tensorflow-cpu")
        .endsWith("see docs/errors.md#no-backend");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereNothingCanBeUnpackedTheFoldersAreNamed(boolean cpu) throws Exception {
    Path nowhere = Files.createFile(folder.resolve("file")).resolve("folder");
    OwnJvm jvm =
        new OwnJvm(jars(cpu ? TENSORFLOW : CPU))
            .option("-Dorg.bytedeco.javacpp.cachedir=" + nowhere)
            .option("-Duser.home=" + nowhere)
            .option("-Djava.io.tmpdir=" + nowhere)
            .option("-Djna.tmpdir=" + folder);
    assertThat(jvm.run())
        .startsWith("BackendException: Backend '%s' cannot load".formatted(name(cpu)))
        .contains("org.bytedeco.javacpp.cachedir", nowhere.toString())
        .endsWith("see docs/errors.md#native-loading");
  }

  @ParameterizedTest
  @CsvSource({"true, size=1m", "true, noexec", "false, size=1m", "false, noexec"})
  void aFolderThatIsFullOrLetsNothingRunIsNamed(boolean cpu, String mount) throws Exception {
    OwnJvm jvm =
        mounted(cpu ? TENSORFLOW : CPU, mount).option("-Dorg.bytedeco.javacpp.cachedir=" + folder);
    assertThat(jvm.run())
        .startsWith("BackendException: Backend '%s' cannot load".formatted(name(cpu)))
        .contains("see that " + folder + " and ")
        .endsWith("see docs/errors.md#native-loading");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void aReadOnlyFolderIsReplacedByAnother(String backend) throws Exception {
    OwnJvm jvm = mounted(TESTS, "ro").option("-Dorg.bytedeco.javacpp.cachedir=" + folder);
    assertThat(jvm.run(backend)).isEqualTo(backend + " java REAL");
  }

  @ParameterizedTest
  @CsvSource({"true, ro", "true, noexec", "false, ro", "false, noexec"})
  void aTemporaryFolderThatJnaCannotUseIsNamed(boolean cpu, String mount) throws Exception {
    OwnJvm jvm =
        mounted(cpu ? TENSORFLOW : CPU, mount)
            .option("-Djava.io.tmpdir=" + folder)
            .option("-Djna.tmpdir=" + folder);
    assertThat(jvm.run())
        .startsWith("BackendException: Backend '%s' cannot load".formatted(name(cpu)))
        .contains(folder.toString())
        .endsWith("see docs/errors.md#native-loading");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void aSlightlyOlderJavaCppInFrontDoesNoHarm(String backend) throws Exception {
    assertThat(new OwnJvm(behind("javacpp-1.5.10.jar")).run(backend))
        .endsWith(backend + " java REAL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void aJavaCppThatIsTooOldIsNamed(String backend) throws Exception {
    assertThat(new OwnJvm(behind("javacpp-1.4.4.jar")).run(backend))
        .startsWith("BackendException: Backend '" + backend)
        .contains("NoSuchMethodError: ", "org.bytedeco.javacpp.")
        .endsWith("see docs/errors.md#versions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void memoryThatTheEngineDoesNotGetIsAnError(String backend) throws Exception {
    OwnJvm jvm = new OwnJvm(jars(TESTS)).option("-Dorg.bytedeco.javacpp.maxPhysicalBytes=20m");
    assertThat(jvm.run(backend))
        .startsWith("BackendException: Backend '" + backend + "' cannot compile network 'tiny': ")
        .contains("Physical memory usage is too high")
        .endsWith("see docs/errors.md#memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void aBufferThatJavaDoesNotGetIsAnError(String backend) throws Exception {
    OwnJvm jvm = new OwnJvm(jars(TESTS)).option("-XX:MaxDirectMemorySize=300k");
    assertThat(jvm.run(backend))
        .startsWith("BackendException: there is no memory for an image or a batch of ")
        .endsWith("see docs/errors.md#memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void anImageThatTheHeapCannotHoldFailsAloneInTheMiddleOfMany(String backend) throws Exception {
    Path large = folder.resolve("large.jpg");
    ImageIO.write(
        new BufferedImage(6000, 4000, BufferedImage.TYPE_3BYTE_BGR), "jpg", large.toFile());
    String output =
        new OwnJvm(jars(TESTS)).option("-Xmx48m").image(large).run(backend, "java", "many");
    assertThat(output.lines().toList())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).isIn("REAL", "FAKE");
              assertThat(lines.get(1))
                  .startsWith("ImageException: " + large + ": ")
                  .contains("more memory than Java")
                  .endsWith("see docs/errors.md#memory");
              assertThat(lines.get(2)).isEqualTo(lines.get(0));
            });
  }

  private static String name(boolean cpu) {
    return cpu ? "cpu" : "tensorflow";
  }

  /** A JVM that sees an empty file system of its own at the folder. */
  private OwnJvm mounted(Predicate<String> left, String options) throws Exception {
    String script = "mount -t tmpfs -o " + options + " tmpfs '" + folder + "'";
    List<String> unshare = List.of("unshare", "-rm", "sh", "-c");
    assumeThat(succeeds(Stream.concat(unshare.stream(), Stream.of(script)).toList()))
        .as("file systems can be mounted")
        .isTrue();
    return new OwnJvm(jars(left))
        .before("unshare", "-rm", "sh", "-c", script + " && exec \"$@\"", "sh");
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** All jars behind an old one, as it was published. */
  private static List<Path> behind(String old) {
    Path jar = Path.of(System.getProperty("unmask.old-jars")).resolve(old);
    return Stream.concat(Stream.of(jar), jars(TESTS).stream()).toList();
  }
}
