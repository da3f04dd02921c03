package io.unmask.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as an image reader wants them: without copies, caches or temporary files. */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {

  private final byte[] data;
  private boolean exhausted;

  ByteArrayImageInputStream(byte[] data) {
    this.data = data;
  }

  /** Whether a reader asked for more when all had been read. */
  boolean exhausted() {
    return exhausted;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= data.length) {
      exhausted = true;
      return -1;
    }
    return data[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= data.length) {
      exhausted = true;
      return -1;
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
