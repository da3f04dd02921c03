package io.unmask.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of 32-bit floats in row-major order, which may lie in a file: then it is read
 * whenever elements are asked for, so prefer {@link #copyTo} to many calls of {@link #get}.
 *
 * <p>A factor for each element of the last axes may be pending ({@link #scaled}); it is applied
 * whenever elements are read, so that scaling a large array costs no copy of it. Two arrays are
 * equal when their shapes are and every element has the same bits. Thread-safe.
 */
public final class Weights {

  /** How many elements are read at a time, so that they stay in the processor's cache. */
  private static final int CHUNK = 1 << 15;

  /** How many elements the hash covers; arrays of different content mostly differ in the first. */
  private static final int HASHED = 64;

  private final Shape shape;
  private final FloatSource source;
  private final double @Nullable [] factors;
  private volatile int hash;

  /** An array that was found to have the same content. */
  private volatile @Nullable Weights equal;

  private Weights(Shape shape, FloatSource source, double @Nullable [] factors) {
    this.shape = shape;
    this.source = source;
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
    return new Weights(shape, new FloatsInMemory(data.slice().asReadOnlyBuffer()), null);
  }

  /** An array of the elements of a source, of which there must be as many as the shape's size. */
  public static Weights from(Shape shape, FloatSource source) {
    return new Weights(shape, source, null);
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
    float value = element(index);
    return factors == null ? value : (float) (value * factors[index % factors.length]);
  }

  private float element(int index) {
    if (source instanceof FloatsInMemory memory) {
      return memory.data().get(index);
    }
    ByteBuffer one = buffer(1);
    try (FloatSource.Reader reader = source.open()) {
      reader.read(index, one);
    }
    return one.getFloat(0);
  }

  /** Writes all elements at the target's position, which moves behind them. */
  public void copyTo(FloatBuffer target) {
    if (factors == null && source instanceof FloatsInMemory memory) {
      target.put(memory.data().duplicate());
      return;
    }
    ByteBuffer bytes = buffer(Math.min(chunk(), size()));
    try (FloatSource.Reader reader = open()) {
      for (int index = 0; index < size(); index += chunk()) {
        reader.read(index, bytes.clear().limit(Math.min(chunk(), size() - index) * Float.BYTES));
        target.put(bytes.flip().asFloatBuffer());
      }
    }
  }

  /**
   * Writes all elements at the target's position, which moves behind them, as 32-bit floats in the
   * machine's byte order. A file is read straight into a buffer outside the heap.
   */
  public void copyTo(ByteBuffer target) {
    int end = target.position() + size() * Float.BYTES;
    try (FloatSource.Reader reader = open()) {
      for (int index = 0; index < size(); index += chunk()) {
        int part = Math.min(chunk(), size() - index) * Float.BYTES;
        reader.read(index, target.limit(target.position() + part));
      }
    }
    target.limit(end);
  }

  /** How many elements are read at a time: a multiple of the factors'. */
  int chunk() {
    int period = factors == null ? 1 : factors.length;
    return Math.max(1, CHUNK / period) * period;
  }

  /** Opens the elements, with the factors; reads begin at multiples of {@link #chunk}. */
  FloatSource.Reader open() {
    double[] factors = this.factors;
    FloatSource.Reader reader = source.open();
    return factors == null ? reader : new ScaledReader(reader, factors);
  }

  /** These elements in memory: the file that they were read from may change then. */
  public Weights inMemory() {
    return source instanceof FloatsInMemory ? this : view(shape, FloatBuffer.wrap(toArray()));
  }

  static ByteBuffer buffer(int elements) {
    return ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.nativeOrder());
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
      return new Weights(shape, source, factors.clone());
    }
    return of(shape, toArray()).scaled(factors);
  }

  /** These elements under another shape of the same size. */
  public Weights reshaped(Shape shape) {
    if (shape.size() != size()) {
      throw new IllegalArgumentException("cannot see shape " + this.shape + " as " + shape);
    }
    return new Weights(shape, source, factors);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Weights weights
        && mayEqual(weights)
        && (isKnownToEqual(weights) || new WeightComparison().same(this, weights));
  }

  /** Whether the content needs no comparison any more. */
  @SuppressWarnings("ReferenceEquality") // the point of it
  boolean isKnownToEqual(Weights other) {
    return first() == other.first();
  }

  /** Whether shape and hash are the same. */
  boolean mayEqual(Weights other) {
    return shape.equals(other.shape) && hashCode() == other.hashCode();
  }

  /** Remembers that another array, compared before this one, has the same content. */
  void foundEqualTo(Weights other) {
    equal = other.first();
  }

  private Weights first() {
    Weights earlier = equal;
    return earlier == null ? this : earlier;
  }

  /** A hash of the shape and of the first elements' bits, computed once. */
  @Override
  public int hashCode() {
    if (hash == 0) {
      int computed = shape.hashCode();
      int count = Math.min(HASHED, size());
      ByteBuffer bytes = buffer(count);
      try (FloatSource.Reader reader = source.open()) {
        reader.read(0, bytes);
      }
      for (int i = 0; i < count; i++) {
        float value = bytes.getFloat(i * Float.BYTES);
        float scaled = factors == null ? value : (float) (value * factors[i % factors.length]);
        computed = 31 * computed + Float.floatToRawIntBits(scaled);
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
