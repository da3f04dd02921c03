package io.unmask.network;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of 32-bit floats in row-major order, which may lie in a memory-mapped file.
 *
 * <p>A factor for each element of the last axes may be pending ({@link #scaled}); it is applied
 * whenever elements are read, so that scaling a large array costs no copy of it. Two arrays are
 * equal when their shapes are and every element has the same bits. Thread-safe.
 */
public final class Weights {

  private final Shape shape;
  private final FloatBuffer data;
  private final double @Nullable [] factors;
  private volatile int hash;

  private Weights(Shape shape, FloatBuffer data, double @Nullable [] factors) {
    this.shape = shape;
    this.data = data;
    this.factors = factors;
  }

  /**
   * An array over a copy of the given values.
   *
   * @throws IllegalArgumentException if their number is not the shape's size
   */
  public static Weights of(Shape shape, float... values) {
    return view(shape, FloatBuffer.wrap(values.clone()));
  }

  /** A vector of the given values. */
  public static Weights vector(float... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * An array over a buffer's remaining elements, which are not copied: they must not change.
   *
   * @throws IllegalArgumentException if their number is not the shape's size
   */
  public static Weights view(Shape shape, FloatBuffer data) {
    if (data.remaining() != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " values, not " + data.remaining());
    }
    return new Weights(shape, data.slice().asReadOnlyBuffer(), null);
  }

  /** The array's shape. */
  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  /** The element at a row-major index. */
  public float get(int index) {
    float value = data.get(index);
    return factors == null ? value : (float) (value * factors[index % factors.length]);
  }

  /** Writes all elements at the target's position, which moves behind them. */
  public void copyTo(FloatBuffer target) {
    double[] factors = this.factors;
    if (factors == null) {
      target.put(data.duplicate());
      return;
    }
    int period = factors.length;
    float[] row = new float[period];
    FloatBuffer source = data.duplicate();
    while (source.hasRemaining()) {
      source.get(row);
      for (int i = 0; i < period; i++) {
        row[i] = (float) (row[i] * factors[i]);
      }
      target.put(row);
    }
  }

  /** The elements, in a fresh array. */
  public float[] toArray() {
    float[] values = new float[size()];
    copyTo(FloatBuffer.wrap(values));
    return values;
  }

  /**
   * This array times a factor for each element of the last axes: element {@code i} is multiplied by
   * {@code factors[i % factors.length]}, in double precision, and rounded once.
   *
   * @throws IllegalArgumentException if the factors do not fill whole last axes
   */
  public Weights scaled(double... factors) {
    int period = 1;
    for (int axis = shape.rank() - 1; axis >= 0 && period < factors.length; axis--) {
      period *= shape.extent(axis);
    }
    if (period != factors.length) {
      throw new IllegalArgumentException(
          factors.length + " factors do not fill the last axes of shape " + shape);
    }
    if (this.factors == null) {
      return new Weights(shape, data, factors.clone());
    }
    return of(shape, toArray()).scaled(factors);
  }

  /** These elements under another shape of the same size. */
  public Weights reshaped(Shape shape) {
    if (shape.size() != size()) {
      throw new IllegalArgumentException("cannot see shape " + this.shape + " as " + shape);
    }
    return new Weights(shape, data, factors);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Weights weights)
        || !shape.equals(weights.shape)
        || hashCode() != weights.hashCode()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (Float.floatToRawIntBits(get(i)) != Float.floatToRawIntBits(weights.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A hash of the shape and of every element's bits, computed once. */
  @Override
  public int hashCode() {
    if (hash == 0) {
      int computed = shape.hashCode();
      for (int i = 0; i < size(); i++) {
        computed = 31 * computed + Float.floatToRawIntBits(get(i));
      }
      hash = computed == 0 ? 1 : computed;
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Weights" + shape;
  }
}
