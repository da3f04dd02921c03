package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativePlatformsTest {

  @TempDir Path root;

  /** The line is that of a Java of Alpine 3.20. */
  @Test
  void muslIsToldByWhatThisProcessUsesAndNotByWhatIsInstalled() throws IOException {
    assertThat(NativePlatforms.musl(root)).isEmpty();
    Files.createDirectories(root.resolve("lib"));
    Files.createFile(root.resolve("lib/ld-musl-x86_64.so.1"));
    assertThat(NativePlatforms.musl(root)).isEmpty();
    Path maps = Files.createDirectories(root.resolve("proc/self")).resolve("maps");
    Files.writeString(maps, "7f00-7f01 r-xp 00000000 08:01 42  /usr/lib/libc.so.6\n");
    assertThat(NativePlatforms.musl(root)).isEmpty();
    Files.writeString(maps, "7f00-7f01 r-xp 00014000 08:01 42  /lib/ld-musl-x86_64.so.1\n");
    assertThat(NativePlatforms.musl(root))
        .get()
        .satisfies(
            no -> {
              assertThat(no.reason()).contains("musl (Alpine)", "glibc");
              assertThat(no.remedy()).contains("eclipse-temurin:17-jre");
            });
  }
}
