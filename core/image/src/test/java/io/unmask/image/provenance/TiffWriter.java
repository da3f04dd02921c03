package io.unmask.image.provenance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes a TIFF, or EXIF: one directory, and one that it refers to. */
final class TiffWriter {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(int type, int count, byte[] content) {}

  private final ByteOrder order;
  private final Map<Integer, Entry> image = new TreeMap<>();
  private final Map<Integer, Entry> photo = new TreeMap<>();

  TiffWriter(boolean bigEndian) {
    this.order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  TiffWriter text(int tag, String text) {
    return bytes(tag, 2, (text + "\0").getBytes(StandardCharsets.UTF_8));
  }

  TiffWriter bytes(int tag, int type, byte[] content) {
    (tag == 0xCD41 || tag < 0x8000 ? image : photo)
        .put(tag, new Entry(type, content.length, content));
    return this;
  }

  byte[] done() {
    if (!photo.isEmpty()) {
      image.put(0x8769, new Entry(4, 1, new byte[4]));
    }
    int second = 8 + length(image);
    if (!photo.isEmpty()) {
      image.put(
          0x8769, new Entry(4, 1, ByteBuffer.allocate(4).order(order).putInt(second).array()));
    }
    byte[] start =
        order == ByteOrder.BIG_ENDIAN
            ? new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8}
            : new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0};
    byte[] first = directory(image, 8);
    return ByteWriter.joined(
        start, first, photo.isEmpty() ? new byte[0] : directory(photo, second));
  }

  private static int length(Map<Integer, Entry> directory) {
    int length = 2 + 12 * directory.size() + 4;
    for (Entry entry : directory.values()) {
      length += entry.content.length > 4 ? entry.content.length : 0;
    }
    return length;
  }

  private byte[] directory(Map<Integer, Entry> entries, int start) {
    ByteBuffer out = ByteBuffer.allocate(length(entries)).order(order);
    out.putShort((short) entries.size());
    int content = 2 + 12 * entries.size() + 4;
    for (Map.Entry<Integer, Entry> tag : entries.entrySet()) {
      Entry entry = tag.getValue();
      out.putShort(tag.getKey().shortValue()).putShort((short) entry.type).putInt(entry.count);
      if (entry.content.length > 4) {
        out.putInt(start + content);
        out.put(content, entry.content);
        content += entry.content.length;
      } else {
        out.put(entry.content).put(new byte[4 - entry.content.length]);
      }
    }
    return out.array();
  }
}
