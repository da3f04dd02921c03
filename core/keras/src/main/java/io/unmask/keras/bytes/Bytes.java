package io.unmask.keras.bytes;

import io.unmask.keras.fault.DefectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a file, such as the HDF5 in an archive. */
public sealed interface Bytes {

  /** How many there are. */
  long size();

  /**
   * Some of them, which lie within it.
   *
   * @return a buffer of the caller's own over bytes that do not change
   */
  ByteBuffer slice(long start, int length);

  /**
   * Bytes in memory.
   *
   * @param content from 0 to the limit; they do not change
   */
  record InMemory(ByteBuffer content) implements Bytes {

    @Override
    public long size() {
      return content.limit();
    }

    @Override
    public ByteBuffer slice(long start, int length) {
      return content.slice(Math.toIntExact(start), length);
    }
  }

  /**
   * Bytes of a file that is open while they are looked at. They are read in blocks that are kept,
   * for what is looked at are many small structures that lie together. The file is not mapped into
   * memory: a mapping lasts until the garbage collector finds it, and until then Windows lets
   * nobody replace the file; and a file that is shortened meanwhile would be a fault of the memory.
   * Not thread-safe.
   */
  final class OnDisk implements Bytes {

    private static final int BLOCK = 1 << 14;

    private final ByteSource.OnDisk file;
    private final long start;
    private final long size;
    private final Map<Long, ByteBuffer> blocks = new HashMap<>();

    OnDisk(ByteSource.OnDisk file, long start, long size) {
      this.file = file;
      this.start = start;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public ByteBuffer slice(long from, int length) {
      long first = from / BLOCK;
      long last = (from + Math.max(1, length) - 1) / BLOCK;
      if (first == last) {
        return block(first).slice((int) (from - first * BLOCK), length);
      }
      if (last - first > 1) {
        return read(from, length);
      }
      ByteBuffer both = ByteBuffer.allocate(length);
      int ofFirst = (int) (last * BLOCK - from);
      both.put(block(first).slice(BLOCK - ofFirst, ofFirst));
      return both.put(block(last).slice(0, length - ofFirst)).flip();
    }

    private ByteBuffer block(long index) {
      @Nullable ByteBuffer known = blocks.get(index);
      if (known == null) {
        known = read(index * BLOCK, (int) Math.min(BLOCK, size - index * BLOCK));
        blocks.put(index, known);
      }
      return known;
    }

    private ByteBuffer read(long from, int length) {
      ByteBuffer target = ByteBuffer.allocate(length);
      try {
        while (target.hasRemaining()) {
          if (file.read(target, start + from + target.position()) < 0) {
            throw new DefectException("it became shorter while it was read; read it again");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return target.flip();
    }
  }
}
