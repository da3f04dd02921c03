package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaInstallationTest {

  private static final String[] CUDA = {
    "libcudart.so.12",
    "libcublas.so.12",
    "libcublasLt.so.12",
    "libcufft.so.11",
    "libcusolver.so.11",
    "libcusparse.so.12"
  };

  @TempDir private Path root;

  @Test
  void everythingIsMissingFromABareMachine() {
    assertThat(installation("").missing())
        .contains("the NVIDIA driver (no /dev/nvidiactl)", "libcuda.so.1", "libcudnn.so.9")
        .contains(CUDA)
        .hasSize(9);
  }

  @Test
  void nothingIsMissingWhereTheLinkerFindsAll() throws IOException {
    file("dev/nvidiactl");
    file("usr/lib64/libcuda.so.1");
    for (String library : CUDA) {
      file("opt/cuda/" + library);
    }
    cache("libcudnn.so.9");
    assertThat(installation(root.resolve("opt/cuda").toString()).missing()).isEmpty();
  }

  @Test
  void namesTheOneThatIsMissing() throws IOException {
    file("dev/dxg");
    cache("libcuda.so.1", "libcudnn.so.8", "libcudnn.so.9.1");
    for (String library : CUDA) {
      file("opt/cuda/" + library);
    }
    assertThat(installation(":" + root.resolve("opt/cuda")).missing())
        .containsExactly("libcudnn.so.9");
  }

  @Test
  void tellsTheModelOfTheGpuIfTheDriverDoes() throws IOException {
    assertThat(installation("").model()).isEmpty();
    Path information = file("proc/driver/nvidia/gpus/0000:01:00.0/information");
    Files.writeString(information, "Model: \t\t NVIDIA T4\nIRQ:   \t\t 43\n");
    assertThat(installation("").model()).isEqualTo(" (NVIDIA T4)");
  }

  private CudaInstallation installation(String libraryPath) {
    return new CudaInstallation(root, libraryPath);
  }

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private void cache(String... libraries) throws IOException {
    StringBuilder text = new StringBuilder("glibc-ld.so.cache1.1\u0001\u00ff");
    for (String library : libraries) {
      text.append(library).append("\0/usr/lib/").append(library).append('\0');
    }
    Files.writeString(file("etc/ld.so.cache"), text, StandardCharsets.ISO_8859_1);
  }
}
