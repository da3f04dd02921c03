package io.unmask.image;

import static io.unmask.image.ImageFormat.GIF;

/** Undoes a GIF's variable-length LZW compression (GIF89a, appendix F). */
final class GifCodes {

  private static final int MAX_CODES = 4096;

  /** A sub-block of 255 bytes in which every code stands for the longest string. */
  private static final int MAX_PIXELS_PER_BYTE = MAX_CODES * 8 / 9;

  private final byte[] data;
  private final int rootBits;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] suffix = new byte[MAX_CODES];
  private final int[] lengths = new int[MAX_CODES];
  private int position;
  private int blockLeft;
  private int bits;
  private int bitCount;

  /**
   * Prepares to read.
   *
   * @param data the file
   * @param position of the byte that tells the length of the shortest code
   */
  GifCodes(byte[] data, int position) throws UnreadableException {
    this.data = data;
    this.rootBits = data[position] & 0xFF;
    this.position = position + 1;
    if (rootBits < 1 || rootBits > 8) {
      throw UnreadableException.malformed(GIF, "its codes have " + rootBits + " bits");
    }
  }

  /** Returns that many palette indices. */
  byte[] read(int count) throws UnreadableException {
    if (count / MAX_PIXELS_PER_BYTE > data.length - position) {
      throw truncated(count);
    }
    byte[] indices = new byte[count];
    int clear = 1 << rootBits;
    int end = clear + 1;
    for (int i = 0; i < clear; i++) {
      suffix[i] = (byte) i;
      lengths[i] = 1;
    }
    int next = end + 1;
    int codeBits = rootBits + 1;
    int last = -1;
    int out = 0;
    while (out < count) {
      int code = nextCode(codeBits);
      if (code < 0 || code == end) {
        throw truncated(count - out);
      }
      if (code == clear) {
        next = end + 1;
        codeBits = rootBits + 1;
        last = -1;
        continue;
      }
      if (code > next || (code == next && last < 0) || (last < 0 && code > end)) {
        throw UnreadableException.malformed(GIF, "it uses a code before defining it");
      }
      if (last >= 0 && next < MAX_CODES) {
        prefix[next] = (short) last;
        suffix[next] = firstOf(code == next ? last : code, clear);
        lengths[next] = lengths[last] + 1;
        next++;
        if (next == 1 << codeBits && codeBits < 12) {
          codeBits++;
        }
      } else if (code >= next) {
        throw UnreadableException.malformed(GIF, "it uses a code before defining it");
      }
      out = write(code, indices, out);
      last = code;
    }
    return indices;
  }

  private byte firstOf(int code, int clear) {
    int first = code;
    while (first >= clear) {
      first = prefix[first];
    }
    return suffix[first];
  }

  private int write(int code, byte[] indices, int start) {
    int end = start + lengths[code];
    int at = code;
    for (int i = end - 1; i >= start; i--) {
      if (i < indices.length) {
        indices[i] = suffix[at];
      }
      at = prefix[at];
    }
    return end;
  }

  private int nextCode(int codeBits) {
    while (bitCount < codeBits) {
      if (blockLeft == 0) {
        blockLeft = position < data.length ? data[position++] & 0xFF : 0;
        if (blockLeft == 0) {
          return -1;
        }
      }
      if (position >= data.length) {
        return -1;
      }
      bits |= (data[position++] & 0xFF) << bitCount;
      bitCount += 8;
      blockLeft--;
    }
    int code = bits & ((1 << codeBits) - 1);
    bits >>>= codeBits;
    bitCount -= codeBits;
    return code;
  }

  private static UnreadableException truncated(int missing) {
    return UnreadableException.truncated(GIF, missing + " more pixels");
  }
}
