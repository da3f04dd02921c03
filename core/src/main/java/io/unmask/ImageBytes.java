package io.unmask;

import io.unmask.error.DetectorException;
import io.unmask.error.Explanation;
import io.unmask.error.ImageException;
import io.unmask.error.InterruptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads encoded images, of bounded size, with a message for all that can be wrong. */
final class ImageBytes {

  /** Far above any photograph; it keeps a disk image named .jpg out of the heap. */
  static final int MAX_BYTES = 256 << 20;

  private ImageBytes() {}

  static byte[] read(Path file) {
    if (Files.isDirectory(file)) {
      throw new ImageException(file + ": a folder, expected an image file");
    }
    // Opening a pipe or a device may block for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new ImageException(file + ": not a regular file, expected an image file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file.toString());
      }
      return read(stream, file.toString());
    } catch (NoSuchFileException e) {
      boolean dangling = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      throw new ImageException(
          file + (dangling ? ": a link to a file that does not exist" : ": no such file"), e);
    } catch (AccessDeniedException e) {
      throw new ImageException(file + ": permission to read it is denied", e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  static byte[] read(InputStream stream, String source) {
    byte[] bytes;
    try {
      bytes = stream.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(source, e);
    } catch (OutOfMemoryError e) {
      throw new ImageException(
          source
              + ": takes more memory than Java has left; give it more with -Xmx; see "
              + Explanation.MEMORY.link(),
          e);
    }
    if (bytes.length > MAX_BYTES) {
      throw tooLarge(source);
    }
    if (bytes.length == 0) {
      throw new ImageException(source + ": empty, expected an image");
    }
    return bytes;
  }

  private static ImageException tooLarge(String source) {
    return new ImageException(
        source + ": larger than " + (MAX_BYTES >> 20) + " MiB, which is no image of a face");
  }

  private static DetectorException unreadable(String source, IOException e) {
    if (InterruptionException.isBehind(e)) {
      return new InterruptionException(source, e);
    }
    return new ImageException(source + ": cannot be read: " + e, e);
  }
}
