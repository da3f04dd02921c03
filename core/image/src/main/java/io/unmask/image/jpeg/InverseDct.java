package io.unmask.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Turns blocks of 8x8 coefficients into samples: libjpeg's accurate integer transform (jidctint.c,
 * {@code jpeg_idct_islow}), with the same result in each bit.
 *
 * <p>The same coefficient of all blocks of a batch lies side by side, so that Java's compiler makes
 * vector instructions of loops over them. It does so for short loops alone, and hence each step of
 * the transform has a loop of its own.
 */
final class InverseDct {

  /** Blocks in a batch: the more, the longer the loops, until they no longer fit into the cache. */
  static final int BATCH = 128;

  private static final int SIDE = 8;
  private static final int LINE = SIDE * BATCH;

  // Factors in 13-bit fixed point, and by how many bits each pass is scaled down.
  private static final int FIX_0_298631336 = 2446;
  private static final int FIX_0_390180644 = 3196;
  private static final int FIX_0_541196100 = 4433;
  private static final int FIX_0_765366865 = 6270;
  private static final int FIX_0_899976223 = 7373;
  private static final int FIX_1_175875602 = 9633;
  private static final int FIX_1_501321110 = 12299;
  private static final int FIX_1_847759065 = 15137;
  private static final int FIX_1_961570560 = 16069;
  private static final int FIX_2_053119869 = 16819;
  private static final int FIX_2_562915447 = 20995;
  private static final int FIX_3_072711026 = 25172;
  private static final int FIXED_BITS = 13;
  private static final int FIRST_SHIFT = 11;
  private static final int SECOND_SHIFT = 18;
  private static final int FIRST_ROUNDING = 1 << (FIRST_SHIFT - 1);

  /** A half, and 128 levels, since samples are stored without a sign. */
  private static final int SECOND_ROUNDING = (1 << (SECOND_SHIFT - 1)) + (128 << SECOND_SHIFT);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** libjpeg's table of levels has this many, and the first is as much less than 0. */
  private static final int LEVELS = 1023;

  private static final int LEAST_LEVEL = 384;

  /** Between the passes, libjpeg-turbo's vector instructions keep numbers of 16 bits. */
  private static final int BETWEEN = 0xFFFF;

  private static final int LEAST_BETWEEN = 0x8000;

  /** Multiplies a byte into all eight of a long. */
  private static final long EACH_BYTE = 0x0101010101010101L;

  private final byte[] samples;

  /**
   * For each row of a block and each of its columns, those of all blocks. Whoever reads a block
   * writes all but its first here, at {@link #count}, before it is added.
   */
  final int[] coefficients = new int[SIDE * LINE];

  private final int[] offsets = new int[BATCH];
  private final int[] strides = new int[BATCH];
  int count;

  // The state between two loops; the names are libjpeg's.
  private final int[][] rows = new int[SIDE][LINE];
  private final int[] columns = new int[SIDE * LINE];
  private final int[] wild = new int[LINE]; // all between the passes, from the least on
  private final int[] wildLevels = new int[LINE];
  private final int[] outside = new int[LINE];
  private int wildFlat;
  private final int[] even2 = new int[LINE];
  private final int[] even3 = new int[LINE];
  private final int[] tmp10 = new int[LINE];
  private final int[] tmp11 = new int[LINE];
  private final int[] tmp12 = new int[LINE];
  private final int[] tmp13 = new int[LINE];
  private final int[] z3 = new int[LINE];
  private final int[] z4 = new int[LINE];
  private final int[] tmp0 = new int[LINE];
  private final int[] tmp1 = new int[LINE];
  private final int[] tmp2 = new int[LINE];
  private final int[] tmp3 = new int[LINE];

  /**
   * Makes an empty batch.
   *
   * @param samples where the samples of all blocks are written
   */
  InverseDct(byte[] samples) {
    this.samples = samples;
  }

  /**
   * Ends the next block, and transforms the batch if it is full.
   *
   * @param first its first coefficient
   * @param offset of its first sample
   * @param stride from a row of samples to the next
   */
  void add(int first, int offset, int stride) {
    coefficients[count] = first;
    offsets[count] = offset;
    strides[count] = stride;
    count++;
    if (count == BATCH) {
      flush();
    }
  }

  /**
   * Writes a block with no coefficient but the first, which is even.
   *
   * @param value of the first coefficient
   */
  void flat(int value, int offset, int stride) {
    int level = ((value + 4) >> 3) + 128;
    wildFlat |= (level + LEAST_LEVEL) & ~LEVELS;
    long row = Math.max(0, Math.min(255, level)) * EACH_BYTE;
    int at = offset;
    for (int y = 0; y < SIDE; y++) {
      LONGS.set(samples, at, row);
      at += stride;
    }
  }

  /** Transforms and writes the blocks that were added, and begins anew. */
  void flush() {
    if (count == 0) {
      return;
    }
    butterflies(coefficients, FIRST_ROUNDING);
    Arrays.fill(coefficients, 0);
    scaleDown(tmp10, tmp3, rows[0], rows[7], wild);
    scaleDown(tmp11, tmp2, rows[1], rows[6], wild);
    scaleDown(tmp12, tmp1, rows[2], rows[5], wild);
    scaleDown(tmp13, tmp0, rows[3], rows[4], wild);
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        System.arraycopy(rows[row], column * BATCH, columns, column * LINE + row * BATCH, BATCH);
      }
    }
    butterflies(columns, SECOND_ROUNDING);
    Arrays.fill(outside, 0);
    levels(tmp10, tmp3, rows[0], rows[7], outside);
    levels(tmp11, tmp2, rows[1], rows[6], outside);
    levels(tmp12, tmp1, rows[2], rows[5], outside);
    levels(tmp13, tmp0, rows[3], rows[4], outside);
    if (isAny(outside)) {
      for (int[] column : rows) {
        clamp(column, wildLevels);
      }
    }
    pack(rows[0], rows[1], rows[2], rows[3], tmp0);
    pack(rows[4], rows[5], rows[6], rows[7], tmp1);
    write(tmp0, tmp1);
    count = 0;
  }

  /**
   * Whether a sample was so far outside of 0..255 that libjpeg's variants differ: no camera writes
   * such a file, but damage makes one.
   */
  boolean isWild() {
    int all = wildFlat;
    for (int i = 0; i < LINE; i++) {
      all |= (wild[i] & ~BETWEEN) | (wildLevels[i] & ~LEVELS);
    }
    return all != 0;
  }

  /** A pass up to its last additions, over eight inputs of as many lines. */
  private void butterflies(int[] in, int rounding) {
    even2And3(in, even2, even3);
    sumsOfEven(in, even3, tmp10, tmp13, rounding);
    differencesOfEven(in, even2, tmp11, tmp12, rounding);
    odd3And4(in, z3, z4);
    odd0And3(in, z3, z4, tmp0, tmp3);
    odd1And2(in, z4, z3, tmp1, tmp2);
  }

  private static void even2And3(int[] in, int[] even2, int[] even3) {
    for (int i = 0; i < LINE; i++) {
      int z2 = in[2 * LINE + i];
      int z3 = in[6 * LINE + i];
      int z1 = (z2 + z3) * FIX_0_541196100;
      even2[i] = z1 - z3 * FIX_1_847759065;
      even3[i] = z1 + z2 * FIX_0_765366865;
    }
  }

  private static void sumsOfEven(int[] in, int[] even3, int[] sum, int[] difference, int rounding) {
    for (int i = 0; i < LINE; i++) {
      int even0 = ((in[i] + in[4 * LINE + i]) << FIXED_BITS) + rounding;
      int other = even3[i];
      sum[i] = even0 + other;
      difference[i] = even0 - other;
    }
  }

  private static void differencesOfEven(
      int[] in, int[] even2, int[] sum, int[] difference, int rounding) {
    for (int i = 0; i < LINE; i++) {
      int even1 = (in[i] << FIXED_BITS) - (in[4 * LINE + i] << FIXED_BITS) + rounding;
      int other = even2[i];
      sum[i] = even1 + other;
      difference[i] = even1 - other;
    }
  }

  private static void odd3And4(int[] in, int[] z3, int[] z4) {
    for (int i = 0; i < LINE; i++) {
      int sum3 = in[7 * LINE + i] + in[3 * LINE + i];
      int sum4 = in[5 * LINE + i] + in[LINE + i];
      int z5 = (sum3 + sum4) * FIX_1_175875602;
      z3[i] = z5 - sum3 * FIX_1_961570560;
      z4[i] = z5 - sum4 * FIX_0_390180644;
    }
  }

  private static void odd0And3(int[] in, int[] z3, int[] z4, int[] odd0, int[] odd3) {
    for (int i = 0; i < LINE; i++) {
      int tmp0 = in[7 * LINE + i];
      int tmp3 = in[LINE + i];
      int z1 = (tmp0 + tmp3) * FIX_0_899976223;
      odd0[i] = tmp0 * FIX_0_298631336 - z1 + z3[i];
      odd3[i] = tmp3 * FIX_1_501321110 - z1 + z4[i];
    }
  }

  private static void odd1And2(int[] in, int[] z4, int[] z3, int[] odd1, int[] odd2) {
    for (int i = 0; i < LINE; i++) {
      int tmp1 = in[5 * LINE + i];
      int tmp2 = in[3 * LINE + i];
      int z2 = (tmp1 + tmp2) * FIX_2_562915447;
      odd1[i] = tmp1 * FIX_2_053119869 - z2 + z4[i];
      odd2[i] = tmp2 * FIX_3_072711026 - z2 + z3[i];
    }
  }

  /** The last additions of the first pass, for two rows. */
  private static void scaleDown(int[] even, int[] odd, int[] sum, int[] difference, int[] wild) {
    for (int i = 0; i < LINE; i++) {
      int e = even[i];
      int o = odd[i];
      int s = (e + o) >> FIRST_SHIFT;
      int d = (e - o) >> FIRST_SHIFT;
      sum[i] = s;
      difference[i] = d;
      wild[i] |= (s + LEAST_BETWEEN) | (d + LEAST_BETWEEN);
    }
  }

  /** The last additions of the second pass, for two columns, and which are outside of 0..255. */
  private static void levels(int[] even, int[] odd, int[] sum, int[] difference, int[] outside) {
    for (int i = 0; i < LINE; i++) {
      int e = even[i];
      int o = odd[i];
      int s = (e + o) >> SECOND_SHIFT;
      int d = (e - o) >> SECOND_SHIFT;
      sum[i] = s;
      difference[i] = d;
      outside[i] |= (s | d) & ~255;
    }
  }

  /** Whether a number is not 0; changes the others. */
  private static boolean isAny(int[] numbers) {
    join(numbers, LINE / 2);
    join(numbers, LINE / 4);
    join(numbers, LINE / 8);
    int all = 0;
    for (int i = 0; i < LINE / 8; i++) {
      all |= numbers[i];
    }
    return all != 0;
  }

  private static void join(int[] numbers, int half) {
    for (int i = 0; i < half; i++) {
      numbers[i] |= numbers[half + i];
    }
  }

  private static void clamp(int[] levels, int[] wild) {
    for (int i = 0; i < LINE; i++) {
      int level = levels[i];
      wild[i] |= level + LEAST_LEVEL;
      levels[i] = 255 - positive(255 - positive(level));
    }
  }

  /** The larger of it and 0. Java 17 makes no vector instructions of {@code Math.max}. */
  private static int positive(int value) {
    return value & ~(value >> 31);
  }

  private static void pack(int[] a, int[] b, int[] c, int[] d, int[] packed) {
    for (int i = 0; i < LINE; i++) {
      packed[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
    }
  }

  private void write(int[] left, int[] right) {
    for (int block = 0; block < count; block++) {
      int at = offsets[block];
      for (int i = block; i < LINE; i += BATCH) {
        LONGS.set(samples, at, (left[i] & 0xFFFF_FFFFL) | (long) right[i] << 32);
        at += strides[block];
      }
    }
  }
}
