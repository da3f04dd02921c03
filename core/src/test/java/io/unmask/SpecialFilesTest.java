package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.error.ImageException;
import io.unmask.error.ModelFormatException;
import io.unmask.image.ImageBytes;
import io.unmask.keras.KerasReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a folder need not be a file, or have a name that is text. */
class SpecialFilesTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** Opening a pipe to which nobody writes waits for ever. */
  @Test
  void aPipeIsNeitherAnImageNorAModel() throws Exception {
    Path pipe = folder.resolve("face.jpg");
    assumeTrue(shell("mkfifo \"$1\"", pipe.toString()));
    assertRefusedSoon(pipe);
  }

  @Test
  void aDeviceIsNeitherAnImageNorAModel() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    assertRefusedSoon(device);
  }

  @Test
  void aLinkToItselfIsNeitherAnImageNorAModel() throws IOException {
    Path loop = folder.resolve("loop.jpg");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> ImageBytes.read(loop)).isInstanceOf(ImageException.class);
    assertThatThrownBy(() -> KerasReader.read(loop)).isInstanceOf(ModelFormatException.class);
  }

  @Test
  void aNameThatIsNoUtf8IsReadAllTheSame() throws Exception {
    Path plain = Files.write(folder.resolve("plain"), new byte[] {1, 2, 3});
    assumeTrue(
        shell("cp \"$1\" \"$2/$(printf 'a\\377b.jpg')\"", plain.toString(), folder.toString()));
    Files.delete(plain);
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.toList();
    }
    assertThat(found).hasSize(1);
    assertThat(ImageBytes.read(found.get(0))).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> KerasReader.read(found.get(0)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a Keras model");
  }

  private static void assertRefusedSoon(Path file) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertThatThrownBy(() -> ImageBytes.read(file))
              .isInstanceOf(ImageException.class)
              .hasMessageContaining("not a regular file");
          assertThatThrownBy(() -> KerasReader.read(file))
              .isInstanceOf(ModelFormatException.class)
              .hasMessageContaining("not a regular file");
        });
  }

  private static boolean shell(String script, String... arguments) throws Exception {
    Process shell;
    try {
      shell =
          new ProcessBuilder(
                  Stream.concat(Stream.of("sh", "-c", script, "sh"), Stream.of(arguments)).toList())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return false; // there is no shell
    }
    return shell.waitFor(10, TimeUnit.SECONDS) && shell.exitValue() == 0;
  }
}
