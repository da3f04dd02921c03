package io.unmask.image.provenance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts bytes together. */
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[]... parts) {
    ByteWriter all = new ByteWriter();
    for (byte[] part : parts) {
      all.bytes(part);
    }
    return all.done();
  }

  ByteWriter bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  ByteWriter text(String text) {
    return bytes(latin(text));
  }

  ByteWriter u8(int number) {
    out.write(number);
    return this;
  }

  ByteWriter u16(int number) {
    return u8(number >> 8).u8(number);
  }

  ByteWriter u32(long number) {
    return u16((int) (number >> 16)).u16((int) number);
  }

  ByteWriter u64(long number) {
    return u32(number >> 32).u32(number);
  }

  ByteWriter u32LittleEndian(int number) {
    return u32(Integer.reverseBytes(number));
  }

  int size() {
    return out.size();
  }

  byte[] done() {
    return out.toByteArray();
  }
}
