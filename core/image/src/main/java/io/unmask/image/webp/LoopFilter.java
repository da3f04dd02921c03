package io.unmask.image.webp;

/** Smooths the edges of macroblocks and of blocks inside them (RFC 6386, section 15). */
final class LoopFilter {

  private static final int SIDE = 16;
  private static final int CHROMA_SIDE = 8;
  private static final int BLOCK = 4;
  private static final int INNER_EDGES = 0x40; // above the strengths

  private final FilterHeader header;
  private final Segments segments;
  private final int columns;
  private final byte[] strengths;

  LoopFilter(LossyHeader header, int columns, int rows) {
    this.header = header.filter();
    this.segments = header.segments();
    this.columns = columns;
    this.strengths = new byte[this.header.level() == 0 ? 0 : columns * rows];
  }

  /** Notes how a macroblock will be filtered. */
  void note(int column, int row, Macroblock macroblock, boolean empty) {
    if (strengths.length > 0) {
      int strength = header.strength(segments, macroblock.segment, macroblock.inDetail);
      boolean inner = macroblock.inDetail || !empty;
      strengths[row * columns + column] = (byte) (strength | (inner ? INNER_EDGES : 0));
    }
  }

  /** Filters all macroblocks in the order in which they are stored. */
  void apply(Plane luma, Plane blue, Plane red) {
    EdgeFilter[] filters = new EdgeFilter[INNER_EDGES];
    for (int strength = 1; strength < INNER_EDGES; strength++) {
      filters[strength] = EdgeFilter.of(header, strength);
    }
    for (int i = 0; i < strengths.length; i++) {
      int strength = strengths[i] & (INNER_EDGES - 1);
      if (strength > 0) {
        boolean inner = (strengths[i] & INNER_EDGES) != 0;
        int column = i % columns;
        int row = i / columns;
        filter(filters[strength], luma, column, row, SIDE, inner);
        if (!header.simple()) {
          filter(filters[strength], blue, column, row, CHROMA_SIDE, inner);
          filter(filters[strength], red, column, row, CHROMA_SIDE, inner);
        }
      }
    }
  }

  /** Filters the left edge, those parallel to it, the upper edge, and those parallel to it. */
  private static void filter(
      EdgeFilter filter, Plane plane, int column, int row, int side, boolean inner) {
    byte[] data = plane.data();
    int stride = plane.stride();
    int index = plane.index(column * side, row * side);
    if (column > 0) {
      filter.betweenMacroblocks(data, index, 1, stride, side);
    }
    for (int x = BLOCK; x < side && inner; x += BLOCK) {
      filter.betweenBlocks(data, index + x, 1, stride, side);
    }
    if (row > 0) {
      filter.betweenMacroblocks(data, index, stride, 1, side);
    }
    for (int y = BLOCK; y < side && inner; y += BLOCK) {
      filter.betweenBlocks(data, index + y * stride, stride, 1, side);
    }
  }
}
