package io.unmask.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFaultTest {

  @Test
  void theKindIsSaidInWords() {
    assertThat(FileFault.reason(new AccessDeniedException("/a/.b.tmp")))
        .isEqualTo("permission denied");
    assertThat(FileFault.reason(new NoSuchFileException("/a")))
        .isEqualTo("there is no such file or folder");
    assertThat(FileFault.reason(new FileAlreadyExistsException("/a")))
        .isEqualTo("there is something of that name already");
    assertThat(FileFault.reason(new FileSystemLoopException("/a")))
        .isEqualTo("links lead back to where they began");
    assertThat(FileFault.reason(new EOFException())).isEqualTo("it ends too early");
    assertThat(FileFault.reason(new OutOfMemoryError("Java heap space")))
        .isEqualTo("Java's memory does not suffice");
  }

  @Test
  void theSystemsReasonIsKeptWithoutTheFile() {
    assertThat(FileFault.reason(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(FileFault.reason(new IOException("Input/output error")))
        .isEqualTo("input/output error");
    assertThat(FileFault.reason(new FileNotFoundException("/a (b) (Permission denied)")))
        .isEqualTo("permission denied");
    assertThat(FileFault.reason(new IOException("HDF5 is damaged"))).isEqualTo("HDF5 is damaged");
  }

  @Test
  void withoutWordsTheCauseOrTheNameOfTheExceptionSays() {
    assertThat(FileFault.reason(new ClosedChannelException())).isEqualTo("closed channel");
    assertThat(FileFault.reason(new IOException())).isEqualTo("the system gives no reason");
    assertThat(FileFault.reason(new UncheckedIOException("", new EOFException())))
        .isEqualTo("it ends too early");
  }
}
