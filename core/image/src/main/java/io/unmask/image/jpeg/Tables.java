package io.unmask.image.jpeg;

import org.jspecify.annotations.Nullable;

/** What a decoder must know before the scan: the segments DQT, DHT, DRI and SOF. */
final class Tables {

  private static final int MARKER_BYTES = 2;
  private static final int DHT = 0xC4;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int KINDS = 4; // how many tables of a kind there may be
  private static final int COUNTS = 16; // of codes by length
  private static final int BLOCK = 64;

  private final int[] @Nullable [] quantizations = new int[KINDS][];
  private final @Nullable HuffmanTable[] dc = new HuffmanTable[KINDS];
  private final @Nullable HuffmanTable[] ac = new HuffmanTable[KINDS];
  private final byte[] segments;
  private int restartInterval;
  private int frame = -1;

  private Tables(byte[] segments) {
    this.segments = segments;
  }

  /** Reads segments, unless one contradicts the specification or is not known here. */
  static @Nullable Tables of(byte[] segments) {
    Tables tables = new Tables(segments);
    int at = 0;
    while (at < segments.length) {
      int marker = tables.u8(at + 1);
      int content = at + 2 * MARKER_BYTES;
      int end = at + MARKER_BYTES + tables.u16(at + MARKER_BYTES);
      if (!tables.read(marker, content, end)) {
        return null;
      }
      at = end;
    }
    return tables.frame < 0 ? null : tables;
  }

  private boolean read(int marker, int content, int end) {
    return switch (marker) {
      case DQT -> readQuantizations(content, end);
      case DHT -> readHuffmanTables(content, end);
      case DRI -> readRestartInterval(content, end);
      case SOF0, SOF1 -> {
        frame = content;
        yield true;
      }
      default -> false;
    };
  }

  private boolean readRestartInterval(int content, int end) {
    if (end - content != 2) {
      return false;
    }
    restartInterval = u16(content);
    return true;
  }

  private boolean readQuantizations(int content, int end) {
    int at = content;
    while (at < end) {
      int wide = u8(at) >> 4;
      int number = u8(at) & 15;
      at++;
      if (wide > 1 || number >= KINDS || at + BLOCK * (1 + wide) > end) {
        return false;
      }
      int[] factors = new int[BLOCK];
      for (int i = 0; i < BLOCK; i++) {
        factors[i] = wide == 0 ? u8(at + i) : u16(at + 2 * i);
      }
      quantizations[number] = factors;
      at += BLOCK * (1 + wide);
    }
    return at == end;
  }

  private boolean readHuffmanTables(int content, int end) {
    int at = content;
    while (at + 1 + COUNTS <= end) {
      int kind = u8(at) >> 4;
      int number = u8(at) & 15;
      at++;
      int count = 0;
      for (int i = 0; i < COUNTS; i++) {
        count += u8(at + i);
      }
      if (kind > 1 || number >= KINDS || count > 256 || at + COUNTS + count > end) {
        return false;
      }
      HuffmanTable table = HuffmanTable.of(segments, at, count);
      if (table == null || (kind == 0 && !table.fitsDc())) {
        return false;
      }
      (kind == 0 ? dc : ac)[number] = table;
      at += COUNTS + count;
    }
    return at == end;
  }

  int height() {
    return u16(frame + 1);
  }

  int width() {
    return u16(frame + 3);
  }

  int components() {
    return u8(frame + 5);
  }

  int identifier(int component) {
    return u8(frame + 6 + 3 * component);
  }

  int across(int component) {
    return u8(frame + 7 + 3 * component) >> 4;
  }

  int down(int component) {
    return u8(frame + 7 + 3 * component) & 15;
  }

  /** In the order of the file, from low frequencies to high ones. */
  int @Nullable [] quantization(int component) {
    int number = u8(frame + 8 + 3 * component);
    return number < KINDS ? quantizations[number] : null;
  }

  @Nullable HuffmanTable dc(int number) {
    return number < KINDS ? dc[number] : null;
  }

  @Nullable HuffmanTable ac(int number) {
    return number < KINDS ? ac[number] : null;
  }

  /** In units of the scan; 0 if there are no restarts. */
  int restartInterval() {
    return restartInterval;
  }

  private int u8(int index) {
    return segments[index] & 0xFF;
  }

  private int u16(int index) {
    return u8(index) << 8 | u8(index + 1);
  }
}
