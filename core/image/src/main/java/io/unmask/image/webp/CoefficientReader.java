package io.unmask.image.webp;

import java.util.Arrays;

/** Reads the coefficients of macroblocks and multiplies them (RFC 6386, section 13). */
final class CoefficientReader {

  /** Types of block, whose tokens are likely in different ways. */
  private static final int LUMA_BEHIND_MEANS = 0;

  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  /** Where the flags of the luma, chroma and means above or to the left lie. */
  private static final int BLUE_FLAGS = 4;

  private static final int RED_FLAGS = 6;
  private static final int MEANS_FLAG = 8;
  private static final int FLAGS = 9;

  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** Where the probabilities at each position begin; the last is never used. */
  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

  static {
    Arrays.setAll(BANDS, i -> BANDS[i] * TokenProbabilities.BAND);
  }

  /** How likely the bits of large values are, by category. */
  private static final int[][] EXTRA_BITS = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129},
  };

  private final int[] probabilities;
  private final Quantizer[] quantizers;
  private final int[] above; // whether a block had coefficients
  private final int[] left = new int[FLAGS];
  private final short[] means = new short[Macroblock.COEFFICIENTS];

  CoefficientReader(LossyHeader header, int macroblocksInRow) {
    this.probabilities = header.probabilities();
    this.quantizers = header.quantizers();
    this.above = new int[FLAGS * macroblocksInRow];
  }

  /** Goes to the left edge. */
  void startRow() {
    Arrays.fill(left, 0);
  }

  /** Notes that a macroblock has none. */
  void skip(int column, Macroblock macroblock) {
    int flags = macroblock.inDetail ? MEANS_FLAG : FLAGS; // without means, theirs stay
    Arrays.fill(above, FLAGS * column, FLAGS * column + flags, 0);
    Arrays.fill(left, 0, flags, 0);
  }

  /** Reads the next macroblock's. */
  void read(BooleanDecoder tokens, int column, Macroblock macroblock) {
    Quantizer quantizer = quantizers[macroblock.segment];
    short[] out = macroblock.coefficients;
    Arrays.fill(out, (short) 0);
    int flags = FLAGS * column;
    int first = 0;
    int type = LUMA;
    if (!macroblock.inDetail) {
      readMeans(tokens, quantizer, flags + MEANS_FLAG, out);
      first = 1;
      type = LUMA_BEHIND_MEANS;
    }
    for (int block = 0; block < 16; block++) {
      int top = flags + (block & 3);
      int side = block >> 2;
      int end =
          read(
              tokens,
              type * TokenProbabilities.TYPE,
              above[top] + left[side],
              first,
              quantizer.lumaDc(),
              quantizer.lumaAc(),
              out,
              block * Macroblock.COEFFICIENTS);
      macroblock.ends[block] = end;
      above[top] = left[side] = end > first ? 1 : 0;
    }
    for (int block = 16; block < Macroblock.BLOCKS; block++) {
      int plane = block < 20 ? BLUE_FLAGS : RED_FLAGS;
      int top = flags + plane + (block & 1);
      int side = plane + (block >> 1 & 1);
      int end =
          read(
              tokens,
              CHROMA * TokenProbabilities.TYPE,
              above[top] + left[side],
              0,
              quantizer.chromaDc(),
              quantizer.chromaAc(),
              out,
              block * Macroblock.COEFFICIENTS);
      macroblock.ends[block] = end;
      above[top] = left[side] = end > 0 ? 1 : 0;
    }
  }

  /** Reads the means of the luma blocks, which are transformed themselves. */
  private void readMeans(BooleanDecoder tokens, Quantizer quantizer, int top, short[] out) {
    Arrays.fill(means, (short) 0);
    int end =
        read(
            tokens,
            MEANS * TokenProbabilities.TYPE,
            above[top] + left[MEANS_FLAG],
            0,
            quantizer.meansDc(),
            quantizer.meansAc(),
            means,
            0);
    above[top] = left[MEANS_FLAG] = end > 0 ? 1 : 0;
    Transform.means(means, out);
  }

  /** Reads a block from a position on. Returns one more than the last coefficient's position. */
  @SuppressWarnings("checkstyle:ParameterNumber")
  private int read(
      BooleanDecoder tokens,
      int type,
      int context,
      int first,
      int dc,
      int ac,
      short[] out,
      int block) {
    int[] p = probabilities;
    int position = first;
    int at = type + BANDS[position] + context * TokenProbabilities.BRANCHES;
    while (position < Macroblock.COEFFICIENTS) {
      if (tokens.bit(p[at]) == 0) {
        return position;
      }
      while (tokens.bit(p[at + 1]) == 0) {
        position++;
        if (position == Macroblock.COEFFICIENTS) {
          return position;
        }
        at = type + BANDS[position];
      }
      int next = type + BANDS[position + 1];
      int value;
      if (tokens.bit(p[at + 2]) == 0) {
        value = 1;
        at = next + TokenProbabilities.BRANCHES;
      } else {
        value = large(tokens, p, at);
        at = next + 2 * TokenProbabilities.BRANCHES;
      }
      value *= position == 0 ? dc : ac;
      out[block + ZIGZAG[position]] = (short) (tokens.flag() ? -value : value);
      position++;
    }
    return position;
  }

  private static int large(BooleanDecoder tokens, int[] p, int at) {
    if (tokens.bit(p[at + 3]) == 0) {
      return tokens.bit(p[at + 4]) == 0 ? 2 : 3 + tokens.bit(p[at + 5]);
    }
    if (tokens.bit(p[at + 6]) == 0) {
      if (tokens.bit(p[at + 7]) == 0) {
        return 5 + tokens.bit(159);
      }
      int high = tokens.bit(165);
      return 7 + 2 * high + tokens.bit(145);
    }
    int high = tokens.bit(p[at + 8]);
    int category = 2 * high + tokens.bit(p[at + 9 + high]);
    int extra = 0;
    for (int probability : EXTRA_BITS[category]) {
      extra = 2 * extra + tokens.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }
}
