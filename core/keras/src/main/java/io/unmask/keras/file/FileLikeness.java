package io.unmask.keras.file;

import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.hdf5.StoredArray.Extent;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * In what two HDF5 files of the same length differ. What is known of whole blocks is not read
 * again. Not thread-safe.
 */
public final class FileLikeness implements AutoCloseable {

  /** How much is compared at a time; the processor's cache holds two of these. */
  public static final int BLOCK = 1 << 17;

  private final WeightFile.Open first;
  private final WeightFile.Open other;

  /** The blocks that are not known to be the same. */
  private final BitSet unknown;

  private final ByteBuffer left = ByteBuffer.allocateDirect(BLOCK);
  private final ByteBuffer right = ByteBuffer.allocateDirect(BLOCK);

  public FileLikeness(WeightFile first, WeightFile other, BitSet unknown) {
    this.first = first.open();
    try {
      this.other = other.open();
    } catch (RuntimeException e) {
      this.first.close();
      throw e;
    }
    this.unknown = unknown;
  }

  @Override
  public void close() {
    first.close();
    other.close();
  }

  /** Whether the bytes of a part are the same in both. */
  public boolean same(Extent part) {
    long at = part.start();
    while (at < part.end()) {
      long block = at / BLOCK;
      long end = Math.min(part.end(), (block + 1) * BLOCK);
      if (unknown.get(Math.toIntExact(block)) && !sameBytes(at, (int) (end - at))) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private boolean sameBytes(long at, int count) {
    first.read(at, left.clear().limit(count));
    other.read(at, right.clear().limit(count));
    return left.flip().equals(right.flip());
  }
}
