package io.unmask.training.run;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that several threads read and write, on any file system. A channel is closed for all when
 * one thread is interrupted while it uses it; here it is opened again, and the interrupted thread
 * does its reading or writing as if nothing was, and is still interrupted afterwards. Thread-safe.
 */
final class SharedFile implements Closeable {

  private interface Use<T> {
    T of(FileChannel channel) throws IOException;
  }

  private final Path path;
  private FileChannel channel;

  private SharedFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens a file, or makes it. */
  static SharedFile open(Path path) throws IOException {
    return new SharedFile(path, channel(path));
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** How many bytes there are. */
  long length() throws IOException {
    return use(FileChannel::size);
  }

  /** Fills the array with the bytes at a position. */
  void read(byte[] target, long position) throws IOException {
    use(
        file -> {
          ByteBuffer buffer = ByteBuffer.wrap(target);
          while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
              throw new EOFException(path + " ends too early");
            }
          }
          return target;
        });
  }

  /** Writes the bytes to a position. */
  void write(byte[] source, long position) throws IOException {
    use(
        file -> {
          ByteBuffer buffer = ByteBuffer.wrap(source);
          while (buffer.hasRemaining()) {
            file.write(buffer, position + buffer.position());
          }
          return source;
        });
  }

  /** Takes all bytes away. */
  void clear() throws IOException {
    use(file -> file.truncate(0));
  }

  /** Waits until everything is on the disk. */
  void force() throws IOException {
    use(
        file -> {
          file.force(true);
          return file;
        });
  }

  private synchronized <T> T use(Use<T> use) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return use.of(channel);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          channel = channel(path);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
