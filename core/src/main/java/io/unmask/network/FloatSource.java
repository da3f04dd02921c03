package io.unmask.network;

import java.nio.ByteBuffer;

/**
 * Where the elements of an array come from, such as a part of a file. They never change.
 * Implementations are thread-safe.
 */
public interface FloatSource {

  /**
   * Reads elements that lie one behind the other.
   *
   * @param index the first
   * @param target is filled with them from its position to its limit, as 32-bit floats in the
   *     machine's byte order, whatever its own
   */
  void read(int index, ByteBuffer target);
}
