package io.unmask.image.provenance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes CBOR (RFC 8949): numbers, texts, bytes, lists, maps, tags. */
final class CborWriter {

  /** A number that takes five bytes whatever it is, so that it can be filled in later. */
  record Fixed(long number) {}

  /** A value with a tag. */
  record Tagged(int tag, Object value) {}

  private final ByteWriter out = new ByteWriter();

  private CborWriter() {}

  static byte[] of(@Nullable Object value) {
    CborWriter writer = new CborWriter();
    writer.value(value);
    return writer.out.done();
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      out.u8(0xF6);
    } else if (value instanceof Boolean truth) {
      out.u8(truth ? 0xF5 : 0xF4);
    } else if (value instanceof Fixed fixed) {
      out.u8(0x1A).u32(fixed.number());
    } else if (value instanceof Number number) {
      long whole = number.longValue();
      head(whole < 0 ? 1 : 0, whole < 0 ? -1 - whole : whole);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(3, bytes.length);
      out.bytes(bytes);
    } else if (value instanceof byte[] bytes) {
      head(2, bytes.length);
      out.bytes(bytes);
    } else if (value instanceof List<?> list) {
      head(4, list.size());
      list.forEach(this::value);
    } else if (value instanceof Map<?, ?> map) {
      head(5, map.size());
      map.forEach(
          (key, member) -> {
            value(key);
            value(member);
          });
    } else if (value instanceof Tagged tagged) {
      head(6, tagged.tag());
      value(tagged.value());
    } else {
      throw new IllegalArgumentException("no CBOR: " + value);
    }
  }

  private void head(int major, long argument) {
    if (argument < 24) {
      out.u8(major << 5 | (int) argument);
    } else if (argument < 1 << 8) {
      out.u8(major << 5 | 24).u8((int) argument);
    } else if (argument < 1 << 16) {
      out.u8(major << 5 | 25).u16((int) argument);
    } else {
      out.u8(major << 5 | 26).u32(argument);
    }
  }
}
