package io.unmask.image.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes ordinary JPEG files: baseline, in one scan, grey or with chroma in full or half width and
 * height. Of what is rarer or damaged it says so, and decides nothing.
 */
public final class BaselineDecoder {

  private static final int RST0 = 0xD0;
  private static final int EOI = 0xD9;
  private static final int BLOCK = 64;
  private static final int MAX_SAMPLES = Integer.MAX_VALUE - 8; // an array has no more

  private static final int MOST_FACTOR = 4;

  /** libjpeg interpolates chroma that is wider than this, and repeats what is narrower. */
  private static final int LEAST_CHROMA = 2;

  private final byte[] encoded;
  private final Tables tables;
  private final int across;
  private final int down;
  private final int columns; // of units
  private final int rows;
  private final List<Component> components = new ArrayList<>();
  private final List<ComponentReader> readers = new ArrayList<>();
  private long samples; // of all components, those included that fill up the last units

  private BaselineDecoder(byte[] encoded, Tables tables, int across, int down) {
    this.encoded = encoded;
    this.tables = tables;
    this.across = across;
    this.down = down;
    this.columns = ceil(tables.width(), 8 * across);
    this.rows = ceil(tables.height(), 8 * down);
  }

  /**
   * Decodes a picture.
   *
   * @param encoded the file
   * @param segments of the file, those before the scan that a decoder needs
   * @param scan index of the scan's marker
   * @return nothing if it is of another kind or damaged
   */
  public static @Nullable Samples decode(byte[] encoded, byte[] segments, int scan) {
    Tables tables = Tables.of(segments);
    if (tables == null) {
      return null;
    }
    boolean grey = tables.components() == 1;
    if (!(grey ? isOrdinaryGrey(tables) : isOrdinary(tables))) {
      return null;
    }
    int across = grey ? 1 : tables.across(0); // a component alone is not divided into units
    int down = grey ? 1 : tables.down(0);
    BaselineDecoder decoder = new BaselineDecoder(encoded, tables, across, down);
    int start = decoder.readScanHeader(scan);
    return start < 0 || decoder.samples > MAX_SAMPLES ? null : decoder.decode(start);
  }

  private static boolean isOrdinaryGrey(Tables tables) {
    int across = tables.across(0);
    int down = tables.down(0);
    return across >= 1 && across <= MOST_FACTOR && down >= 1 && down <= MOST_FACTOR;
  }

  private static boolean isOrdinary(Tables tables) {
    int across = tables.across(0);
    int down = tables.down(0);
    boolean known = across >= 1 && across <= 2 && down >= 1 && down <= 2;
    if (tables.components() != 3
        || !known
        || (across == 2 && ceil(tables.width(), across) <= LEAST_CHROMA)) {
      return false;
    }
    for (int i = 1; i < 3; i++) {
      if (tables.across(i) != 1 || tables.down(i) != 1) {
        return false;
      }
    }
    int first = tables.identifier(0);
    int second = tables.identifier(1);
    int third = tables.identifier(2);
    return first != second && second != third && first != third;
  }

  /** Returns where the bits begin; less than 0 if the scan is of another kind. */
  private int readScanHeader(int scan) {
    int count = tables.components();
    int length = 6 + 2 * count;
    int at = scan + 4;
    if (at + length - 2 > encoded.length || u8(scan + 3) != length || u8(scan + 2) != 0) {
      return -1;
    }
    if (u8(at) != count) {
      return -1;
    }
    at++;
    for (int i = 0; i < count; i++) {
      int numbers = u8(at + 1);
      HuffmanTable dc = tables.dc(numbers >> 4);
      HuffmanTable ac = tables.ac(numbers & 15);
      int[] quantization = tables.quantization(i);
      if (u8(at) != tables.identifier(i) || dc == null || ac == null || quantization == null) {
        return -1;
      }
      readers.add(new ComponentReader(dc, ac, quantization, component(i)));
      at += 2;
    }
    boolean whole = u8(at) == 0 && u8(at + 1) == BLOCK - 1 && u8(at + 2) == 0;
    return whole ? at + 3 : -1;
  }

  private Component component(int number) {
    int wide = number == 0 ? across : 1;
    int high = number == 0 ? down : 1;
    int stride = padded(columns * 8 * wide);
    Component component =
        new Component(
            ceil(tables.width() * wide, across),
            ceil(tables.height() * high, down),
            (int) samples,
            stride);
    samples += (long) stride * rows * 8 * high;
    components.add(component);
    return component;
  }

  /** Rows apart by a power of two would share the same few lines of the processor's cache. */
  private static int padded(int stride) {
    return stride % 512 == 0 ? stride + 64 : stride;
  }

  private @Nullable Samples decode(int start) {
    byte[] data = new byte[(int) samples];
    InverseDct transform = new InverseDct(data);
    CodedBits bits = new CodedBits(encoded, start);
    int interval = tables.restartInterval();
    int untilRestart = interval;
    int restarts = 0;
    for (int row = 0; row < rows; row++) {
      if (bits.areExhausted()) {
        return null;
      }
      for (int column = 0; column < columns; column++) {
        if (interval > 0 && untilRestart == 0) {
          if (!bits.endsAt(RST0 + (restarts & 7))) {
            return null;
          }
          bits.passMarker();
          readers.forEach(ComponentReader::restart);
          restarts++;
          untilRestart = interval;
        }
        untilRestart--;
        if (!readUnit(bits, transform, column, row)) {
          return null;
        }
      }
    }
    if (!bits.endsAt(EOI)) {
      return null;
    }
    transform.flush();
    if (transform.isWild()) {
      return null;
    }
    return new Samples(data, List.copyOf(components), across, down);
  }

  private boolean readUnit(CodedBits bits, InverseDct transform, int column, int row) {
    ComponentReader luma = readers.get(0);
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        if (!luma.read(bits, transform, across * column + x, down * row + y)) {
          return false;
        }
      }
    }
    for (int i = 1; i < readers.size(); i++) {
      if (!readers.get(i).read(bits, transform, column, row)) {
        return false;
      }
    }
    return true;
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private int u8(int index) {
    return encoded[index] & 0xFF;
  }
}
