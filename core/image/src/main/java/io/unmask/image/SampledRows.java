package io.unmask.image;

import io.unmask.image.jpeg.Component;
import io.unmask.image.jpeg.Samples;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Stretched rows of a JPEG's luma and chroma, of the same levels as {@link SampledPixels}.
 *
 * <p>For each pixel of the target, the samples around it are fetched first, several at a time. All
 * other steps are short loops over neighbours, at the same index of all arrays, of which Java's
 * compiler makes vector instructions. It makes none where numbers come from anywhere or are
 * converted to floats.
 */
final class SampledRows implements StretchedRows {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_AND_THIRD = 0xFF_00FF; // bytes of a number
  private static final int UPPER = 0xFFFF_0000;

  /** The bits of the float 2^23; its lowest bits are a whole number that is added to it. */
  private static final int FLOAT_BITS = 0x4B00_0000;

  private static final float FLOAT_BASE = 0x1p23f;

  private final Samples samples;
  private final SampledColumns columns;
  private final int width;

  // Of the left columns of all pixels, then of the right ones.
  private final int[] luma;
  private final int[] cb;
  private final int[] cr;
  private final int[] bits;

  /** Two rows of both chromas, Cb in the lower half of each number and Cr in the upper one. */
  private final int[][] chroma;

  private final int[] chromaRows = {-1, -1}; // which they are: an even one and an odd one

  private final IntBuffer levelBits;
  private final FloatBuffer levels;
  private final float[] lefts;
  private final float[] rights;
  private final float[] stretched;

  /**
   * Makes a reader.
   *
   * @param left the first column of the part
   * @param axis the part's columns that each pixel of a row lies between
   */
  SampledRows(Samples samples, int left, ResizeAxis axis) {
    this.samples = samples;
    this.columns = SampledColumns.of(samples, left, axis);
    this.width = axis.first().length;
    this.luma = new int[2 * width];
    this.cb = new int[2 * width];
    this.cr = new int[2 * width];
    this.bits = new int[2 * width];
    this.chroma = new int[2][2 * width];
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * bits.length);
    this.levelBits = bytes.order(ByteOrder.nativeOrder()).asIntBuffer();
    this.levels = bytes.asFloatBuffer();
    this.lefts = new float[width];
    this.rights = new float[width];
    this.stretched = new float[width];
  }

  @Override
  public void read(int y, float[] row) {
    readLuma(y);
    readChroma(y);
    reds(luma, cr, bits);
    stretch(row, 0);
    greens(luma, cb, cr, bits);
    stretch(row, width);
    blues(luma, cb, bits);
    stretch(row, 2 * width);
  }

  /** There are all the reds first, then the greens, then the blues. */
  @Override
  public void arrange(float[] row, float[] rgb) {
    int green = width;
    int blue = 2 * width;
    int out = 0;
    for (int red = 0; red < width; red++) {
      rgb[out] = row[red];
      rgb[out + 1] = row[green];
      rgb[out + 2] = row[blue];
      green++;
      blue++;
      out += 3;
    }
  }

  private void readLuma(int y) {
    fetchPairs(samples.data(), start(0, y), columns.luma(), bits);
    System.arraycopy(bits, 0, bits, width, width);
    firsts(bits, luma, width);
    seconds(bits, luma, width);
  }

  private static void fetchPairs(byte[] data, int row, int[] columns, int[] pairs) {
    for (int x = 0; x < columns.length; x++) {
      pairs[x] = (short) SHORTS.get(data, row + columns[x]);
    }
  }

  private static void firsts(int[] pairs, int[] luma, int end) {
    for (int i = 0; i < end; i++) {
      luma[i] = pairs[i] & 0xFF;
    }
  }

  private static void seconds(int[] pairs, int[] luma, int start) {
    for (int i = start; i < pairs.length; i++) {
      luma[i] = (pairs[i] >> Byte.SIZE) & 0xFF;
    }
  }

  /** Interpolates between two rows; one that is stored in full height is both of them. */
  private void readChroma(int y) {
    int near = y / samples.down();
    int[] nearRow = chromaRow(near);
    if (samples.down() == 1) {
      mix(nearRow, nearRow, columns.rounding(), 0, bits);
    } else {
      int odd = y & 1;
      int last = samples.components().get(1).height() - 1;
      int far = Math.max(0, Math.min(last, odd == 0 ? near - 1 : near + 1));
      int added = samples.across() == 1 ? (4 + 4 * odd) * SampledPixels.BOTH : 0;
      mix(nearRow, chromaRow(far), columns.rounding(), added, bits);
    }
    blueChroma(bits, cb);
    redChroma(bits, cr);
  }

  private static void mix(int[] near, int[] far, int[] rounding, int added, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = 3 * near[i] + far[i] + rounding[i] + added;
    }
  }

  private static void blueChroma(int[] sums, int[] cb) {
    for (int i = 0; i < cb.length; i++) {
      cb[i] = ((sums[i] >>> 4) & 0xFF) - 128;
    }
  }

  private static void redChroma(int[] sums, int[] cr) {
    for (int i = 0; i < cr.length; i++) {
      cr[i] = (sums[i] >>> 20) - 128;
    }
  }

  /** Both chromas of a stored row, interpolated along it: four times their levels. */
  private int[] chromaRow(int y) {
    int[] row = chroma[y & 1];
    if (chromaRows[y & 1] != y) {
      fetchFours(samples.data(), start(1, y), columns.chroma(), cb);
      fetchFours(samples.data(), start(2, y), columns.chroma(), cr);
      System.arraycopy(cb, 0, cb, width, width);
      System.arraycopy(cr, 0, cr, width, width);
      weigh(cb, columns.evenParts(), columns.oddParts());
      weigh(cr, columns.evenParts(), columns.oddParts());
      join(cb, cr, row);
      chromaRows[y & 1] = y;
    }
    return row;
  }

  private static void fetchFours(byte[] data, int row, int[] columns, int[] fours) {
    for (int x = 0; x < columns.length; x++) {
      fours[x] = (int) INTS.get(data, row + columns[x]);
    }
  }

  /** The upper half of each product is the sum of two; the lower one is less than a whole. */
  private static void weigh(int[] fours, int[] evenParts, int[] oddParts) {
    for (int i = 0; i < fours.length; i++) {
      int even = fours[i] & FIRST_AND_THIRD;
      int odd = (fours[i] >>> 8) & FIRST_AND_THIRD;
      fours[i] = even * evenParts[i] + odd * oddParts[i];
    }
  }

  private static void join(int[] cb, int[] cr, int[] both) {
    for (int i = 0; i < both.length; i++) {
      both[i] = (cb[i] >>> 16) | (cr[i] & UPPER);
    }
  }

  private int start(int number, int y) {
    Component component = samples.components().get(number);
    return component.offset() + y * component.stride();
  }

  private static void reds(int[] luma, int[] cr, int[] bits) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] = levelBits(luma[i] + ((YcbcrPixels.RED_CR * cr[i] + YcbcrPixels.HALF) >> 16));
    }
  }

  private static void greens(int[] luma, int[] cb, int[] cr, int[] bits) {
    for (int i = 0; i < bits.length; i++) {
      int sum = YcbcrPixels.HALF - YcbcrPixels.GREEN_CB * cb[i] - YcbcrPixels.GREEN_CR * cr[i];
      bits[i] = levelBits(luma[i] + (sum >> 16));
    }
  }

  private static void blues(int[] luma, int[] cb, int[] bits) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] = levelBits(luma[i] + ((YcbcrPixels.BLUE_CB * cb[i] + YcbcrPixels.HALF) >> 16));
    }
  }

  private static int levelBits(int sum) {
    return FLOAT_BITS | (255 - positive(255 - positive(sum)));
  }

  /** The larger of it and 0. Java 17 makes no vector instructions of {@code Math.max}. */
  private static int positive(int value) {
    return value & ~(value >> 31);
  }

  /** Interpolates between the columns of the colour whose bits there are. */
  private void stretch(float[] row, int start) {
    levelBits.put(0, bits);
    levels.get(0, lefts);
    levels.get(width, rights);
    interpolate(lefts, rights, columns.weight(), stretched);
    System.arraycopy(stretched, 0, row, start, width);
  }

  private static void interpolate(float[] lefts, float[] rights, float[] weight, float[] levels) {
    for (int x = 0; x < levels.length; x++) {
      levels[x] = (lefts[x] - FLOAT_BASE) + (rights[x] - lefts[x]) * weight[x];
    }
  }
}
