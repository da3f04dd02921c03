package io.unmask.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reading streams to their ends. */
public final class WholeStream {

  private WholeStream() {}

  /**
   * Reads all bytes that are left. Of a resource in a jar, the stream knows how many they are, and
   * so this makes room for them once; {@link InputStream#readAllBytes} gathers pieces, which takes
   * twice the memory, and work of the garbage collector.
   *
   * @param stream is read to its end and left open
   * @throws IOException if it cannot be read
   */
  public static byte[] read(InputStream stream) throws IOException {
    byte[] bytes = new byte[Math.max(0, stream.available())];
    int count = stream.readNBytes(bytes, 0, bytes.length);
    byte[] rest = stream.readAllBytes();
    if (rest.length == 0 && count == bytes.length) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(bytes, count + rest.length);
    System.arraycopy(rest, 0, all, count, rest.length);
    return all;
  }
}
