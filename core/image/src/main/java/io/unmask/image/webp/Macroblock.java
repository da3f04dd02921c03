package io.unmask.image.webp;

/** How one macroblock of 16x16 pixels is coded. The decoder has one, which it fills anew. */
final class Macroblock {

  /** Blocks of 4x4: 16 of luma, 4 of blue and 4 of red chroma. */
  static final int BLOCKS = 24;

  /** Coefficients of a block. */
  static final int COEFFICIENTS = 16;

  /** Coefficients of the blocks one after the other, not in zigzag order. */
  final short[] coefficients = new short[BLOCKS * COEFFICIENTS];

  /** For each block, one more than the position of its last coefficient, in zigzag order. */
  final int[] ends = new int[BLOCKS];

  /** The mode of each luma block if {@link #inDetail}; else the first is that of all. */
  final int[] lumaModes = new int[16];

  int chromaMode;
  int segment;
  boolean inDetail;
  boolean skipped;

  /** Whether no coefficient differs from 0. */
  boolean isEmpty() {
    for (int block = 0; block < BLOCKS; block++) {
      if (ends[block] > 1 || coefficients[block * COEFFICIENTS] != 0) {
        return false;
      }
    }
    return true;
  }
}
