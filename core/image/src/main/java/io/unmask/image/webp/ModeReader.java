package io.unmask.image.webp;

import java.util.Arrays;

/** Reads how macroblocks are predicted (RFC 6386, sections 10 and 11, intra pictures). */
final class ModeReader {

  /** Modes of 4x4 blocks; the first four are those of whole macroblocks too. */
  static final int DC = 0;

  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  static final int DOWN_RIGHT = 4;
  static final int VERTICAL_RIGHT = 5;
  static final int DOWN_LEFT = 6;
  static final int VERTICAL_LEFT = 7;
  static final int HORIZONTAL_DOWN = 8;
  static final int HORIZONTAL_UP = 9;

  /** Pairs of what follows a 0 and a 1: the next pair's index, or a mode's complement. */
  private static final int[] TREE = {
    ~DC,
    2,
    ~TRUE_MOTION,
    4,
    ~VERTICAL,
    6,
    8,
    12,
    ~HORIZONTAL,
    10,
    ~DOWN_RIGHT,
    ~VERTICAL_RIGHT,
    ~DOWN_LEFT,
    14,
    ~VERTICAL_LEFT,
    16,
    ~HORIZONTAL_DOWN,
    ~HORIZONTAL_UP,
  };

  private final LossyHeader header;
  private final BooleanDecoder bits;
  private final int[] above;
  private final int[] left = new int[4];

  ModeReader(LossyHeader header, int macroblocksInRow) {
    this.header = header;
    this.bits = header.modes();
    this.above = new int[4 * macroblocksInRow];
  }

  /** Goes to the left edge. */
  void startRow() {
    Arrays.fill(left, DC);
  }

  /** Reads the next macroblock's. */
  void read(int column, Macroblock macroblock) {
    macroblock.segment = header.segments().next(bits);
    macroblock.skipped = header.skipping() >= 0 && bits.bit(header.skipping()) != 0;
    macroblock.inDetail = bits.bit(145) == 0;
    if (macroblock.inDetail) {
      readDetail(4 * column, macroblock.lumaModes);
    } else {
      int mode = whole();
      macroblock.lumaModes[0] = mode;
      Arrays.fill(above, 4 * column, 4 * column + 4, mode);
      Arrays.fill(left, mode);
    }
    macroblock.chromaMode = chroma();
  }

  private int whole() {
    if (bits.bit(156) != 0) {
      return bits.bit(128) != 0 ? TRUE_MOTION : HORIZONTAL;
    }
    return bits.bit(163) != 0 ? VERTICAL : DC;
  }

  private int chroma() {
    if (bits.bit(142) == 0) {
      return DC;
    }
    if (bits.bit(114) == 0) {
      return VERTICAL;
    }
    return bits.bit(183) != 0 ? TRUE_MOTION : HORIZONTAL;
  }

  private void readDetail(int column, int[] modes) {
    for (int y = 0; y < 4; y++) {
      int mode = left[y];
      for (int x = 0; x < 4; x++) {
        int context =
            above[column + x] * ModeProbabilities.ABOVE + mode * ModeProbabilities.BRANCHES;
        int at = 0;
        do {
          at = TREE[at + bits.bit(ModeProbabilities.VALUES[context + (at >> 1)])];
        } while (at > 0);
        mode = ~at;
        above[column + x] = mode;
        modes[4 * y + x] = mode;
      }
      left[y] = mode;
    }
  }
}
