package io.unmask.keras.hdf5;

import io.unmask.keras.bytes.WeightFile;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An array of 32-bit floats that lies in one piece in an HDF5 file.
 *
 * @param weights its elements
 * @param address where the first of them lies
 * @param order the order of their bytes
 */
public record StoredArray(Weights weights, long address, ByteOrder order) {

  /** The part of the file that it takes. */
  public Extent extent() {
    return new Extent(address, address + (long) weights.size() * Float.BYTES);
  }

  /** The array that lies at the same place in another file. */
  public Weights in(WeightFile other) {
    Shape shape = weights.shape();
    Weights there = Weights.from(shape, other.floats(address, order));
    return shape.size() < WeightFile.SMALL
        ? Weights.view(shape, FloatBuffer.wrap(there.toArray()))
        : there;
  }

  /**
   * A part of a file.
   *
   * @param start its first byte
   * @param end the byte behind its last
   */
  public record Extent(long start, long end) {}
}
