package io.unmask.image.webp;

/**
 * Where a coded picture lies in a file.
 *
 * @param data the file
 * @param start index of its first byte
 * @param end index behind its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CodedBytes(byte[] data, int start, int end) {

  int length() {
    return end - start;
  }

  int u8(int offset) {
    return data[start + offset] & 0xFF;
  }

  int u16(int offset) {
    return u8(offset) | u8(offset + 1) << 8;
  }

  int u24(int offset) {
    return u16(offset) | u8(offset + 2) << 16;
  }

  /** What is left of it behind so many bytes. */
  CodedBytes from(int offset) {
    return new CodedBytes(data, start + offset, end);
  }

  /** So many bytes of it, or what there is. */
  CodedBytes first(int count) {
    return new CodedBytes(data, start, start + Math.min(count, length()));
  }
}
