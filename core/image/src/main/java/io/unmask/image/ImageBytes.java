package io.unmask.image;

import io.unmask.error.Explanation;
import io.unmask.error.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/**
 * Reads encoded images, up to a maximum size, with an error message for everything that can be
 * wrong.
 */
public final class ImageBytes {

  /** Far above the size of any photograph; it keeps a disk image named .jpg out of the heap. */
  private static final int MAX_BYTES = 256 << 20;

  private ImageBytes() {}

  /**
   * Reads all bytes of a file.
   *
   * @throws ImageException if it is not a readable file, is empty, or is too large
   * @throws io.unmask.error.InterruptionException if the thread is interrupted while it reads
   */
  public static byte[] read(Path file) {
    return RegularFile.read(
        file,
        channel -> {
          if (channel.size() > MAX_BYTES) {
            throw tooLarge(file.toString());
          }
          return read(Channels.newInputStream(channel), file.toString());
        });
  }

  /**
   * Reads all bytes of a stream, which stays open.
   *
   * @param source the name of the stream in messages
   * @throws ImageException if it cannot be read, is empty, or is too large
   * @throws io.unmask.error.InterruptionException if the thread is interrupted while it reads
   */
  public static byte[] read(InputStream stream, String source) {
    byte[] bytes;
    try {
      bytes = stream.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw RegularFile.unreadable(source, e);
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
      throw new ImageException(source + ": empty, expected an image; copy or download it again");
    }
    return bytes;
  }

  private static ImageException tooLarge(String source) {
    return new ImageException(
        source + ": larger than " + (MAX_BYTES >> 20) + " MiB, which is no image of a face");
  }
}
