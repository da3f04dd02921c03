package io.unmask.network;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The extents of an array, without the batch: {@code [height, width, channel]} for a feature map,
 * {@code [unit]} for a vector. Immutable; every extent is at least 1 and the product fits an {@code
 * int}.
 */
public final class Shape {

  private final int[] extents;
  private final int size;

  private Shape(int[] extents) {
    long product = 1;
    for (int extent : extents) {
      if (extent < 1) {
        throw new IllegalArgumentException(
            "extents must be positive, but are " + Arrays.toString(extents));
      }
      product = Math.multiplyExact(product, (long) extent);
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "more than " + Integer.MAX_VALUE + " elements: " + Arrays.toString(extents));
      }
    }
    this.extents = extents;
    this.size = (int) product;
  }

  /**
   * A shape of the given extents; none for a scalar.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the product exceeds an {@code int}
   */
  public static Shape of(int... extents) {
    return new Shape(extents.clone());
  }

  /** The number of axes. */
  public int rank() {
    return extents.length;
  }

  /** The extent of an axis; a negative axis counts from the last, as in Python. */
  public int extent(int axis) {
    return extents[axis < 0 ? axis + extents.length : axis];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The extent of the last axis, which holds the channels or units. */
  public int channels() {
    return extent(-1);
  }

  /** The extents, in a fresh array. */
  public int[] toArray() {
    return extents.clone();
  }

  /** This shape with another extent on one axis. */
  public Shape with(int axis, int extent) {
    int[] changed = extents.clone();
    changed[axis < 0 ? axis + extents.length : axis] = extent;
    return new Shape(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** The extents in Python's notation, such as {@code (224, 224, 3)} or {@code (128,)}. */
  @Override
  public String toString() {
    return Arrays.stream(extents)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", extents.length == 1 ? ",)" : ")"));
  }
}
