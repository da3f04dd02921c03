package io.unmask.keras.hdf5;

import io.unmask.keras.bytes.WeightFile;
import io.unmask.network.FloatSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Arrays of 16-bit floats, which stay as they are where they lie and are widened whenever they are
 * read: so they take half the memory, and as many threads widen them as read them.
 */
final class Halves {

  private Halves() {}

  /** Those of a buffer, which must not change. */
  static FloatSource in(ShortBuffer data) {
    return () -> new Reader(new InMemory(data));
  }

  /** Those at an address of the HDF5 in a file, in the given order. */
  static FloatSource in(WeightFile file, long address, ByteOrder order) {
    return () -> new Reader(new InFile(file.open(), address, order));
  }

  /** Copies bits. */
  private interface Source extends AutoCloseable {

    /** Fills the first {@code count} of the target. */
    void read(int index, short[] target, int count);

    @Override
    void close();
  }

  private record InMemory(ShortBuffer data) implements Source {

    @Override
    public void read(int index, short[] target, int count) {
      data.get(data.position() + index, target, 0, count);
    }

    @Override
    public void close() {
      // memory is not closed
    }
  }

  private record InFile(WeightFile.Open file, long address, ByteOrder order) implements Source {

    @Override
    public void read(int index, short[] target, int count) {
      ByteBuffer bytes = ByteBuffer.allocate(count * Short.BYTES).order(order);
      file.read(address + (long) index * Short.BYTES, bytes);
      bytes.flip().asShortBuffer().get(target, 0, count);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private static final class Reader implements FloatSource.Reader {

    private static final int STEP = 1 << 13;

    private final Source source;
    private short[] bits = {};
    private float[] floats = {};

    Reader(Source source) {
      this.source = source;
    }

    @Override
    public void read(int index, ByteBuffer target) {
      int end = index + target.remaining() / Float.BYTES;
      for (int next = index; next < end; ) {
        int count = Math.min(STEP, end - next);
        if (bits.length < count) {
          bits = new short[count];
          floats = new float[count];
        }
        source.read(next, bits, count);
        Half.widen(bits, floats, count);
        target.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(floats, 0, count);
        target.position(target.position() + count * Float.BYTES);
        next += count;
      }
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
