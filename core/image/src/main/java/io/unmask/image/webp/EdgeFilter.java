package io.unmask.image.webp;

/**
 * Smooths samples across an edge if they differ little enough to be one surface (RFC 6386, sections
 * 15.2 and 15.3).
 *
 * <p>Samples are named as there: p0 is next to the edge on its upper or left side, p1, p2 and p3
 * are farther away, and q0 to q3 are on the other side. {@code across} leads from one to the next,
 * {@code along} to the next place on the edge.
 *
 * @param simple whether only p0 and q0 change
 * @param macroblockLimit how different the two sides of a macroblock's edge may be
 * @param blockLimit the same for an edge inside a macroblock
 * @param interior how different neighbours on one side may be
 * @param variance by how much p1 or q1 differs where only p0 and q0 change
 */
record EdgeFilter(boolean simple, int macroblockLimit, int blockLimit, int interior, int variance) {

  static EdgeFilter of(FilterHeader header, int strength) {
    int interior = header.interiorLimit(strength);
    int limit = 2 * strength + interior;
    return new EdgeFilter(
        header.simple(),
        2 * (limit + 4) + 1,
        2 * limit + 1,
        interior,
        strength >= 40 ? 2 : strength >= 15 ? 1 : 0);
  }

  void betweenMacroblocks(byte[] data, int index, int across, int along, int count) {
    filter(data, index, across, along, count, macroblockLimit, true);
  }

  void betweenBlocks(byte[] data, int index, int across, int along, int count) {
    filter(data, index, across, along, count, blockLimit, false);
  }

  private void filter(
      byte[] data, int index, int across, int along, int count, int limit, boolean wide) {
    for (int i = 0, at = index; i < count; i++, at += along) {
      int p1 = data[at - 2 * across] & 0xFF;
      int p0 = data[at - across] & 0xFF;
      int q0 = data[at] & 0xFF;
      int q1 = data[at + across] & 0xFF;
      if (p0 == q0 && p1 == q1) {
        continue; // nothing would change
      }
      int left = limit - 4 * Math.abs(p0 - q0) - Math.abs(p1 - q1);
      if (simple) {
        if (left >= 0) {
          changeTwo(data, at, across, p1, p0, q0, q1);
        }
        continue;
      }
      int p2 = data[at - 3 * across] & 0xFF;
      int q2 = data[at + 2 * across] & 0xFF;
      left |= interior(data[at - 4 * across] & 0xFF, p2, p1, p0);
      left |= interior(data[at + 3 * across] & 0xFF, q2, q1, q0);
      if (left < 0) {
        continue;
      }
      if (((variance - Math.abs(p1 - p0)) | (variance - Math.abs(q1 - q0))) < 0) {
        changeTwo(data, at, across, p1, p0, q0, q1);
      } else if (wide) {
        int step = signed(3 * (q0 - p0) + signed(p1 - q1));
        int near = (27 * step + 63) >> 7;
        int middle = (18 * step + 63) >> 7;
        int far = (9 * step + 63) >> 7;
        data[at - 3 * across] = clamp(p2 + far);
        data[at - 2 * across] = clamp(p1 + middle);
        data[at - across] = clamp(p0 + near);
        data[at] = clamp(q0 - near);
        data[at + across] = clamp(q1 - middle);
        data[at + 2 * across] = clamp(q2 - far);
      } else {
        int step = signed(3 * (q0 - p0));
        int near = Math.min(127, step + 4) >> 3;
        int far = (near + 1) >> 1;
        data[at - 2 * across] = clamp(p1 + far);
        data[at - across] = clamp(p0 + (Math.min(127, step + 3) >> 3));
        data[at] = clamp(q0 - near);
        data[at + across] = clamp(q1 - far);
      }
    }
  }

  private static void changeTwo(byte[] data, int at, int across, int p1, int p0, int q0, int q1) {
    int step = signed(3 * (q0 - p0) + signed(p1 - q1));
    data[at - across] = clamp(p0 + (Math.min(127, step + 3) >> 3));
    data[at] = clamp(q0 - (Math.min(127, step + 4) >> 3));
  }

  /** Negative if neighbours on a side differ too much. */
  private int interior(int s3, int s2, int s1, int s0) {
    return (interior - Math.abs(s3 - s2))
        | (interior - Math.abs(s2 - s1))
        | (interior - Math.abs(s1 - s0));
  }

  private static int signed(int difference) {
    return Math.max(-128, Math.min(127, difference));
  }

  private static byte clamp(int sample) {
    return (byte) Math.max(0, Math.min(255, sample));
  }
}
