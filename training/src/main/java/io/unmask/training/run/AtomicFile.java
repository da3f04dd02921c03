package io.unmask.training.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are complete or not there. */
final class AtomicFile {

  /** What a file is filled with. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream stream) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file beside the target, and moves it there when it is whole and on the disk.
   *
   * @throws java.io.UncheckedIOException if it cannot be written; an earlier file is still there
   */
  static void write(Path file, Content content) {
    Path part = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          OutputStream stream = Channels.newOutputStream(channel)) {
        content.write(stream);
        stream.flush();
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteQuietly(part, e);
      throw RunFolder.unwritable(file, e);
    }
  }

  private static void deleteQuietly(Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
