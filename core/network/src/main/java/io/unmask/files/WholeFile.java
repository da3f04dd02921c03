package io.unmask.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is complete or not there. It is written beside its target, under a name that begins
 * with a dot and the target's name and ends in {@code .tmp}, and forced to the disk; {@link
 * #publish} moves it, in place of a file that was there before. Closing it before leaves nothing of
 * it, and the earlier file as it was. A process that is killed may leave the {@code .tmp} file. Not
 * thread-safe.
 *
 * <pre>{@code
 * WholeFile.write(path, stream -> stream.write(bytes));
 * }</pre>
 */
public final class WholeFile implements AutoCloseable {

  /** What a file is filled with. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it to a buffered stream, which the caller closes. */
    void writeTo(OutputStream stream) throws IOException;
  }

  private final Path target;
  private final Path part;

  private WholeFile(Path target) {
    this.target = target;
    // Not Files.createTempFile, whose files are private: this one is as readable as any new file.
    part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  /**
   * Writes a file.
   *
   * @throws IOException if it cannot be written; {@link FileFault#reason} says why in plain words
   */
  public static void write(Path target, Content content) throws IOException {
    try (WholeFile file = prepare(target, content)) {
      file.publish();
    }
  }

  /**
   * Writes a file that is not to replace another.
   *
   * @return false if there is something of that name, which is left as it is
   * @throws IOException if it cannot be written
   */
  public static boolean create(Path target, Content content) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (WholeFile file = prepare(target, content)) {
      Files.move(file.part, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Writes the content of a file and leaves it beside its target, to be published with others.
   *
   * @throws IOException if it cannot be written; nothing of it is left
   */
  public static WholeFile prepare(Path target, Content content) throws IOException {
    WholeFile file = new WholeFile(target);
    try {
      file.fill(content);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      try {
        file.close();
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private void fill(Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(stream);
      stream.flush();
      channel.force(true);
    }
  }

  /** Where the file will be. */
  public Path target() {
    return target;
  }

  /**
   * Moves it to its place, in one step where the file system can do that.
   *
   * @throws IOException if it cannot be moved
   */
  public void publish() throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Deletes what was not published.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(part);
  }
}
