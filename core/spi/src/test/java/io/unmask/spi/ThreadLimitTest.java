package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadLimitTest {

  @TempDir Path root;

  @Test
  void onlyAThreadThatCannotBeStartedIsAShortageOfThreads() {
    Error java =
        new OutOfMemoryError(
            "unable to create native thread: possibly out of memory or process/resource limits"
                + " reached");
    assertThat(ThreadLimit.isBehind(java)).isTrue();
    // As a ForkJoinPool makes another of the same class, whose cause is what was thrown.
    assertThat(ThreadLimit.isBehind(new OutOfMemoryError().initCause(java))).isTrue();
    // As Java says from the second attempt on that a class could not be initialised.
    Throwable again =
        new NoClassDefFoundError("Could not initialize class java.awt.image.Raster")
            .initCause(
                new ExceptionInInitializerError("Exception " + java + " [in thread \"main\"]"));
    assertThat(ThreadLimit.isBehind(again)).isTrue();
    assertThat(ThreadLimit.isBehind(new OutOfMemoryError("Java heap space"))).isFalse();
    assertThat(ThreadLimit.isBehind(new OutOfMemoryError())).isFalse();
    assertThat(ThreadLimit.isBehind(new IllegalStateException("unable to create native thread")))
        .isFalse();
  }

  @Test
  void theLimitsThatTheSystemTellsAreNamed() throws IOException {
    assertThat(ThreadLimit.remedy(root))
        .isEqualTo(
            "no more threads can be started: the system limits them (ulimit -u, or the container's"
                + " limit of processes); raise it, Java and Unmask take 30 for one image at a"
                + " time");
    write(
        "proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max resident set          unlimited            unlimited            bytes
        Max processes             18                   96364                processes
        Max open files            1024                 4096                 files
        """);
    assertThat(ThreadLimit.remedy(root))
        .contains(": this user's limit is 18 (ulimit -u), for processes and threads together;");
    write("sys/fs/cgroup/pids.max", "20\n");
    assertThat(ThreadLimit.remedy(root))
        .contains("is 18 (ulimit -u), this container's is 20 (--pids-limit), for processes");
    write("proc/self/limits", "Max processes             unlimited  unlimited  processes\n");
    write("sys/fs/cgroup/pids.max", "max\n");
    assertThat(ThreadLimit.remedy(root)).contains("the system limits them");
  }

  @Test
  void whereThereIsRoomAllThatAreWantedAreCounted() {
    assertThat(ThreadLimit.room(0)).isZero();
    assertThat(ThreadLimit.room(5)).isEqualTo(5);
    ThreadLimit.require(3);
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
