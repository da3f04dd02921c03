package io.unmask.image;

import io.unmask.error.DetectorException;
import io.unmask.error.ImageException;
import io.unmask.error.InterruptionException;
import io.unmask.files.FileFault;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens image files, with an error message for everything that can be wrong. */
public final class RegularFile {

  /** A function that reads from an open file. */
  @FunctionalInterface
  public interface Reading<T> {

    /** Reads from the file, which is closed afterwards. */
    T of(SeekableByteChannel file) throws IOException;
  }

  private RegularFile() {}

  /**
   * Opens a file, reads from it, and closes it.
   *
   * @throws ImageException if it is not a readable file
   * @throws InterruptionException if the thread is interrupted while it reads
   */
  public static <T> T read(Path file, Reading<T> reading) {
    if (Files.isDirectory(file)) {
      throw new ImageException(file + ": a folder, expected an image file; name the files in it");
    }
    // Opening a pipe or a device may block for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new ImageException(file + ": not a regular file, expected an image file");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return reading.of(channel);
    } catch (NoSuchFileException e) {
      boolean dangling = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      throw new ImageException(
          file
              + (dangling
                  ? ": a link to a file that does not exist; name the file itself"
                  : ": no such file; check the path"),
          e);
    } catch (AccessDeniedException e) {
      throw new ImageException(file + ": permission to read it is denied", e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Returns the exception to throw if reading failed.
   *
   * @param source the name of what is read, in messages
   */
  public static DetectorException unreadable(String source, IOException e) {
    if (InterruptionException.isBehind(e)) {
      return new InterruptionException(source, e);
    }
    return new ImageException(source + ": cannot be read: " + FileFault.reason(e), e);
  }
}
