package io.unmask.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Multiplies elements by the factors of the last axes as they are read. The index of a reading is a
 * multiple of their number.
 */
final class ScaledReader implements FloatSource.Reader {

  private final FloatSource.Reader source;
  private final double[] factors;
  private float[] row = {};

  /** Takes a reader over, to close it. */
  ScaledReader(FloatSource.Reader source, double[] factors) {
    this.source = source;
    this.factors = factors;
  }

  @Override
  public void read(int index, ByteBuffer target) {
    int start = target.position();
    source.read(index, target);
    FloatBuffer floats =
        target
            .slice(start, target.position() - start)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    int count = floats.remaining();
    if (row.length < count) {
      row = new float[count];
    }
    floats.get(row, 0, count);
    for (int i = 0; i < count; i += factors.length) {
      for (int f = 0; f < factors.length && i + f < count; f++) {
        row[i + f] = (float) (row[i + f] * factors[f]);
      }
    }
    floats.rewind().put(row, 0, count);
  }

  @Override
  public void close() {
    source.close();
  }
}
