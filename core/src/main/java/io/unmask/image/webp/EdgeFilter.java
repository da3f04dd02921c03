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
    for (int i = 0, at = index; i < count; i++, at += along) {
      if (isSurface(data, at, across, macroblockLimit)) {
        if (simple || varies(data, at, across)) {
          changeTwo(data, at, across);
        } else {
          changeSix(data, at, across);
        }
      }
    }
  }

  void betweenBlocks(byte[] data, int index, int across, int along, int count) {
    for (int i = 0, at = index; i < count; i++, at += along) {
      if (isSurface(data, at, across, blockLimit)) {
        if (simple || varies(data, at, across)) {
          changeTwo(data, at, across);
        } else {
          changeFour(data, at, across);
        }
      }
    }
  }

  private boolean isSurface(byte[] data, int at, int across, int limit) {
    int p1 = data[at - 2 * across] & 0xFF;
    int p0 = data[at - across] & 0xFF;
    int q0 = data[at] & 0xFF;
    int q1 = data[at + across] & 0xFF;
    if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > limit) {
      return false;
    }
    if (simple) {
      return true;
    }
    int p3 = data[at - 4 * across] & 0xFF;
    int p2 = data[at - 3 * across] & 0xFF;
    int q2 = data[at + 2 * across] & 0xFF;
    int q3 = data[at + 3 * across] & 0xFF;
    return Math.abs(p3 - p2) <= interior
        && Math.abs(p2 - p1) <= interior
        && Math.abs(p1 - p0) <= interior
        && Math.abs(q3 - q2) <= interior
        && Math.abs(q2 - q1) <= interior
        && Math.abs(q1 - q0) <= interior;
  }

  private boolean varies(byte[] data, int at, int across) {
    int p1 = data[at - 2 * across] & 0xFF;
    int p0 = data[at - across] & 0xFF;
    int q0 = data[at] & 0xFF;
    int q1 = data[at + across] & 0xFF;
    return Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance;
  }

  private static void changeTwo(byte[] data, int at, int across) {
    int p1 = data[at - 2 * across] & 0xFF;
    int p0 = data[at - across] & 0xFF;
    int q0 = data[at] & 0xFF;
    int q1 = data[at + across] & 0xFF;
    int step = signed(3 * (q0 - p0) + signed(p1 - q1));
    data[at - across] = clamp(p0 + (Math.min(127, step + 3) >> 3));
    data[at] = clamp(q0 - (Math.min(127, step + 4) >> 3));
  }

  private static void changeFour(byte[] data, int at, int across) {
    int p1 = data[at - 2 * across] & 0xFF;
    int p0 = data[at - across] & 0xFF;
    int q0 = data[at] & 0xFF;
    int q1 = data[at + across] & 0xFF;
    int step = signed(3 * (q0 - p0));
    int near = Math.min(127, step + 4) >> 3;
    int far = (near + 1) >> 1;
    data[at - 2 * across] = clamp(p1 + far);
    data[at - across] = clamp(p0 + (Math.min(127, step + 3) >> 3));
    data[at] = clamp(q0 - near);
    data[at + across] = clamp(q1 - far);
  }

  private static void changeSix(byte[] data, int at, int across) {
    int p2 = data[at - 3 * across] & 0xFF;
    int p1 = data[at - 2 * across] & 0xFF;
    int p0 = data[at - across] & 0xFF;
    int q0 = data[at] & 0xFF;
    int q1 = data[at + across] & 0xFF;
    int q2 = data[at + 2 * across] & 0xFF;
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
  }

  private static int signed(int difference) {
    return Math.max(-128, Math.min(127, difference));
  }

  private static byte clamp(int sample) {
    return (byte) Math.max(0, Math.min(255, sample));
  }
}
