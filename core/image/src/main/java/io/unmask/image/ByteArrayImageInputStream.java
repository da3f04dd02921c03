package io.unmask.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as an image reader wants them: without copies, caches or temporary files. */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {

  /** Readers look a few bytes ahead; one that goes on is making up an image out of nothing. */
  private static final int MAX_READS_AT_END = 256;

  private final byte[] data;
  private int readsAtEnd;

  ByteArrayImageInputStream(byte[] data) {
    this.data = data;
  }

  /** Whether a reader asked for more when all had been read. */
  boolean exhausted() {
    return readsAtEnd > 0;
  }

  private int end() throws IOException {
    if (++readsAtEnd > MAX_READS_AT_END) {
      throw new IOException("it ends before the image does");
    }
    return -1;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (streamPos >= data.length) {
      return end();
    }
    return data[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= data.length) {
      return end();
    }
    int count = (int) Math.min(length, data.length - streamPos);
    System.arraycopy(data, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return data.length;
  }
}
