package io.unmask.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Compares the content of arrays bit by bit. Bytes are compared, for {@code -0.0 == 0.0}, and NaN
 * is not itself. Not thread-safe: it holds the buffers that it reads into.
 */
public final class WeightComparison {

  /** The processor's cache holds two of these. */
  private static final int MOST = 1 << 15;

  private ByteBuffer left = ByteBuffer.allocate(0);
  private ByteBuffer right = ByteBuffer.allocate(0);

  /** Has compared nothing yet. */
  public WeightComparison() {}

  /**
   * Compares arrays with the first of them, which is read only once however many there are. Later
   * calls of {@link Weights#equals} between those that are equal cost nothing any more.
   */
  public void compare(List<Weights> arrays) {
    Weights first = arrays.get(0);
    List<Weights> equal = new ArrayList<>();
    for (Weights array : arrays.subList(1, arrays.size())) {
      if (!first.isKnownToEqual(array) && first.mayEqual(array)) {
        equal.add(array);
      }
    }
    int chunk = prepare(first, equal);
    IdentityHashMap<Weights, FloatSource.Reader> readers = new IdentityHashMap<>();
    try (FloatSource.Reader reader = first.open()) {
      for (Weights array : equal) {
        readers.put(array, array.open());
      }
      for (int index = 0; index < first.size() && !equal.isEmpty(); index += chunk) {
        int end = Math.min(chunk, first.size() - index) * Float.BYTES;
        int start = index;
        reader.read(index, left.clear().limit(end));
        left.flip();
        equal.removeIf(
            array -> !sameAsLeft(Objects.requireNonNull(readers.get(array)), start, end));
      }
    } finally {
      readers.values().forEach(FloatSource.Reader::close);
    }
    equal.forEach(array -> array.foundEqualTo(first));
  }

  /** Whether two arrays of the same shape have the same content. */
  boolean same(Weights one, Weights other) {
    int chunk = prepare(one, List.of(other));
    try (FloatSource.Reader reader = one.open();
        FloatSource.Reader others = other.open()) {
      for (int index = 0; index < one.size(); index += chunk) {
        int end = Math.min(chunk, one.size() - index) * Float.BYTES;
        reader.read(index, left.clear().limit(end));
        left.flip();
        if (!sameAsLeft(others, index, end)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean sameAsLeft(FloatSource.Reader array, int index, int end) {
    array.read(index, right.clear().limit(end));
    return left.equals(right.flip());
  }

  /** Makes the buffers large enough. Returns how many elements can be read at a time. */
  private int prepare(Weights first, List<Weights> others) {
    int chunk = first.chunk();
    for (Weights other : others) {
      // What both can be read in. Factors are for the last axes, so that the size is a multiple.
      chunk = other.chunk() == chunk ? chunk : first.size();
    }
    int needed = Math.min(chunk, first.size()) * Float.BYTES;
    if (left.capacity() < needed) {
      left = buffer(needed);
      right = buffer(needed);
    }
    return chunk;
  }

  /** Outside the heap, where files are read to without a copy, unless it is small anyway. */
  private static ByteBuffer buffer(int bytes) {
    return (bytes < MOST ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes))
        .order(ByteOrder.nativeOrder());
  }
}
