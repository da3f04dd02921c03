package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.BackendException;
import io.unmask.spi.Availability;
import io.unmask.spi.Availability.Available;
import io.unmask.spi.Availability.Unavailable;
import io.unmask.spi.Device;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class paths of jars that hold an empty file where TensorFlow's have the library. */
class NativesTest {

  @TempDir private Path folder;

  @Test
  void withoutNativesTheDependencyToAddIsNamed() throws IOException {
    Unavailable unavailable = (Unavailable) probe(Device.AUTO);
    assertThat(unavailable.reason())
        .startsWith("the class path has no TensorFlow natives for " + Loader.getPlatform());
    assertThat(unavailable.remedy()).contains("io.unmask:unmask-tensorflow-cpu");
  }

  @Test
  void withoutNativesLoadingFailsWithTheSameReason() throws IOException {
    try (URLClassLoader loader = loader()) {
      Natives natives = Natives.find(loader);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(natives::load)
          .withMessageContaining("the class path has no TensorFlow natives");
    }
  }

  @Test
  void nativesForBothExcludeEachOther() throws IOException {
    Availability availability = probe(Device.CPU, jar("cpu.jar", ""), jar("gpu.jar", "-gpu"));
    assertThat(((Unavailable) availability).reason())
        .isEqualTo(
            "the class path has TensorFlow natives that exclude each other: cpu.jar, gpu.jar");
  }

  @Test
  void twoVersionsExcludeEachOther() throws IOException {
    Availability availability = probe(Device.AUTO, jar("one.jar", ""), jar("two.jar", ""));
    assertThat(((Unavailable) availability).reason()).contains("one.jar, two.jar");
  }

  @Test
  void jarsOfTheSameNameAreToldApart() throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    URL one = jar("cpu.jar", "");
    URL two = jar("lib/cpu.jar", "");
    assertThat(((Unavailable) probe(Device.CPU, one, two)).reason())
        .contains(one.toString(), two.toString());
  }

  @Test
  void nativesForTheCpuRunThereOnly() throws IOException {
    URL jar = jar("cpu.jar", "");
    String cpu = "cpu (" + Loader.getPlatform() + ")";
    assertThat(probe(Device.CPU, jar)).isEqualTo(new Available("TensorFlow", cpu));
    assertThat(probe(Device.AUTO, jar)).isEqualTo(new Available("TensorFlow", cpu));
    Unavailable unavailable = (Unavailable) probe(Device.GPU, jar);
    assertThat(unavailable.reason()).contains("cpu.jar, are TensorFlow's for the CPU");
    assertThat(unavailable.remedy()).contains("io.unmask:unmask-tensorflow-gpu");
  }

  @Test
  void nativesForTheGpuNameWhatTheMachineLacks() throws IOException {
    URL jar = jar("gpu.jar", "-gpu");
    assertThat(((Unavailable) probe(Device.GPU, jar)).reason())
        .startsWith("TensorFlow's GPU natives miss the NVIDIA driver (no /dev/nvidiactl), ")
        .endsWith("libcudnn.so.9");
    assertThat(((Available) probe(Device.AUTO, jar)).device()).startsWith("cpu; its GPU cannot");
    assertThat(((Available) probe(Device.CPU, jar)).device()).startsWith("cpu (");
  }

  /** Probes on a machine without a GPU. */
  private Availability probe(Device device, URL... jars) throws IOException {
    try (URLClassLoader loader = loader(jars)) {
      return Natives.find(loader).probe(device, new CudaInstallation(folder, ""));
    }
  }

  private static URLClassLoader loader(URL... jars) {
    return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
  }

  private URL jar(String name, String extension) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(
          new ZipEntry(
              "org/tensorflow/internal/c_api/%s%s/%s"
                  .formatted(
                      Loader.getPlatform(), extension, System.mapLibraryName("jnitensorflow"))));
    }
    return jar.toUri().toURL();
  }
}
