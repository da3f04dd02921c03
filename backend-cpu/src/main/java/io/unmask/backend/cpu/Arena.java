package io.unmask.backend.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where each buffer lies in one block of memory, so that buffers which are never needed at the same
 * time share their place. Larger buffers are placed first, each at the lowest free offset.
 */
final class Arena {

  private static final long ALIGNMENT = 64;

  /** Bytes that are needed from one step to another. */
  static final class Buffer {
    private final long size;
    private final int first;
    private int last;

    Buffer(long size, int first) {
      this.size = size;
      this.first = first;
      this.last = first;
    }

    void usedAt(int step) {
      last = Math.max(last, step);
    }

    private boolean overlaps(Buffer other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final long[] offsets;
  private final long size;

  Arena(List<Buffer> buffers) {
    offsets = new long[buffers.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong((Integer i) -> -buffers.get(i).size));
    List<Integer> placed = new ArrayList<>();
    long end = 0;
    for (int index : order) {
      Buffer buffer = buffers.get(index);
      long offset = 0;
      for (int other : placed) {
        Buffer neighbour = buffers.get(other);
        if (buffer.overlaps(neighbour) && offset + buffer.size > offsets[other]) {
          offset = Math.max(offset, align(offsets[other] + neighbour.size));
        }
      }
      offsets[index] = offset;
      placed.add(index);
      placed.sort(Comparator.comparingLong((Integer i) -> offsets[i]));
      end = Math.max(end, offset + buffer.size);
    }
    size = align(end);
  }

  /** The offset of a buffer in bytes, a multiple of 64. */
  long offset(int buffer) {
    return offsets[buffer];
  }

  /** The size of the block in bytes. */
  long size() {
    return size;
  }

  static long align(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
