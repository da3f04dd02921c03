package io.unmask.image;

import java.util.OptionalInt;

/**
 * How much a JPEG was compressed: libjpeg's number from 1, the least, to 100, by which its example
 * table of luminance (ITU-T T.81, table K.1) is scaled (jcparam.c). Of a file that was made with
 * other tables it is the quality whose table is as coarse on average.
 */
final class JpegQuality {

  private static final int DQT = 0xDB;
  private static final int VALUES = 64;

  /** Table K.1, in any order, since only its sum is looked at. */
  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  private JpegQuality() {}

  /**
   * The quality.
   *
   * @param tables whole segments, each with its marker
   * @return nothing if the table of the first component is not among them
   */
  static OptionalInt of(byte[] tables) {
    OptionalInt found = OptionalInt.empty();
    int position = 0;
    while (position + 4 <= tables.length) {
      int length = u16(tables, position + 2);
      if ((tables[position + 1] & 0xFF) == DQT) {
        int sum = firstTable(tables, position + 4, Math.min(position + 2 + length, tables.length));
        found = sum < 0 ? found : OptionalInt.of(nearest(sum));
      }
      position += 2 + length;
    }
    return found;
  }

  /** The sum of table 0, or -1 if it is not in the segment; the last one counts. */
  private static int firstTable(byte[] data, int start, int end) {
    int sum = -1;
    int position = start;
    while (position < end) {
      int bytes = (data[position] & 0xF0) == 0 ? 1 : 2;
      int next = position + 1 + bytes * VALUES;
      if (next > end) {
        return sum;
      }
      if ((data[position] & 0x0F) == 0) {
        sum = 0;
        for (int i = 0; i < VALUES; i++) {
          int value = position + 1 + bytes * i;
          sum += bytes == 1 ? data[value] & 0xFF : u16(data, value);
        }
      }
      position = next;
    }
    return sum;
  }

  private static int u16(byte[] data, int position) {
    return (data[position] & 0xFF) << 8 | (data[position + 1] & 0xFF);
  }

  /** The greatest quality whose table is at least as coarse. */
  private static int nearest(int sum) {
    int quality = 100;
    while (quality > 1 && sum(quality) < sum) {
      quality--;
    }
    return quality;
  }

  private static int sum(int quality) {
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int sum = 0;
    for (int base : LUMINANCE) {
      sum += Math.max(1, Math.min(255, (base * scale + 50) / 100));
    }
    return sum;
  }
}
