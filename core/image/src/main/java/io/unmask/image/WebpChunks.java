package io.unmask.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Goes from chunk to chunk of a WebP, or of one of its frames (RFC 9649, section 2.3). */
final class WebpChunks {

  static final int VP8 = fourCharacters('V', 'P', '8', ' ');
  static final int VP8L = fourCharacters('V', 'P', '8', 'L');
  static final int VP8X = fourCharacters('V', 'P', '8', 'X');
  static final int ANMF = fourCharacters('A', 'N', 'M', 'F');
  static final int EXIF = fourCharacters('E', 'X', 'I', 'F');

  /** Bytes of a VP8X chunk that are known. */
  static final int CANVAS_BYTES = 10;

  private static final int FILE_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;

  private final ByteBuffer data;
  private final int end;
  private long position; // of the next chunk
  private int content;
  private long stated;

  private WebpChunks(ByteBuffer data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** The chunks of a file. */
  static WebpChunks of(byte[] encoded) {
    ByteBuffer data = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    return new WebpChunks(data, FILE_HEADER_BYTES, encoded.length);
  }

  /** What the file says about its own length, less eight bytes. */
  static long riffLength(byte[] encoded) {
    return Integer.toUnsignedLong(
        ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
  }

  /** The chunks inside this chunk, behind so many bytes. */
  WebpChunks inside(int skipped) {
    return new WebpChunks(data, content + skipped, content + length());
  }

  /** Goes to the next chunk, if there is one. */
  boolean next() {
    if (position + CHUNK_HEADER_BYTES > end) {
      return false;
    }
    content = (int) position + CHUNK_HEADER_BYTES;
    stated = Integer.toUnsignedLong(data.getInt(content - 4));
    position = content + stated + (stated & 1);
    return true;
  }

  int name() {
    return data.getInt(content - CHUNK_HEADER_BYTES);
  }

  /** Index of its first byte. */
  int content() {
    return content;
  }

  /** Its bytes, or what there is of them. */
  int length() {
    return (int) Math.min(stated, end - content);
  }

  /** Its bytes as it says. */
  long statedLength() {
    return stated;
  }

  int u8(int offset) {
    return data.get(content + offset) & 0xFF;
  }

  int u24(int offset) {
    return u8(offset) | u8(offset + 1) << 8 | u8(offset + 2) << 16;
  }

  private static int fourCharacters(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }
}
