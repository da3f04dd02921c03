package io.unmask.image;

/** Counts the scans of a JPEG, from marker to marker. */
final class JpegScans {

  private JpegScans() {}

  /**
   * How many scans there are up to the end marker. What is in segments between them, such as
   * comments, does not count, nor does what follows the image, such as another one or a film.
   *
   * @param first index of the first scan's marker
   * @param most stops counting at this
   */
  static int count(byte[] data, int first, int most) {
    int scans = 0;
    int position = first;
    while (position + 1 < data.length && scans < most) {
      if (data[position] != (byte) 0xFF) {
        position++;
        continue;
      }
      int marker = data[position + 1] & 0xFF;
      if (marker == JpegHeader.EOI) {
        break;
      }
      if (marker == 0xFF) {
        position++; // a fill byte
      } else if (marker == 0
          || marker == JpegHeader.TEM
          || (marker >= JpegHeader.RST0 && marker <= JpegHeader.RST7)) {
        position += 2; // a byte of the scan, or a marker that stands alone
      } else {
        if (marker == JpegHeader.SOS) {
          scans++;
        }
        position += 2 + length(data, position + 2);
      }
    }
    return scans;
  }

  /** What a segment says of its length; at least that of the two bytes that say it. */
  private static int length(byte[] data, int at) {
    return at + 1 < data.length ? Math.max(2, ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF)) : 2;
  }
}
