package io.unmask.network;

import java.nio.ByteBuffer;

/**
 * Where the elements of an array come from, such as a part of a file. They never change.
 * Implementations are thread-safe.
 */
public interface FloatSource {

  /** Opens the elements for several reads. The reader is for one thread, which closes it. */
  Reader open();

  /** Reads elements. Not thread-safe. */
  interface Reader extends AutoCloseable {

    /**
     * Reads elements that lie one behind the other.
     *
     * @param index the first
     * @param target is filled with them from its position to its limit, as 32-bit floats in the
     *     machine's byte order, whatever its own
     */
    void read(int index, ByteBuffer target);

    /** Closes the file, if there is one. Throws nothing. */
    @Override
    void close();
  }
}
