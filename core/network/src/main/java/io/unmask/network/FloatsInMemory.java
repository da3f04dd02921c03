package io.unmask.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The elements from a buffer's position to its limit, which must not change. */
record FloatsInMemory(FloatBuffer data) implements FloatSource, FloatSource.Reader {

  @Override
  public Reader open() {
    return this;
  }

  @Override
  public void read(int index, ByteBuffer target) {
    int count = target.remaining() / Float.BYTES;
    target.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(data.slice(index, count));
    target.position(target.limit());
  }

  @Override
  public void close() {
    // memory is not closed
  }
}
