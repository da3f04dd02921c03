package io.unmask.backend.tensorflow;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/** A tensor's memory as a buffer, so that it is filled and read in bulk. */
final class TensorMemory {

  private TensorMemory() {}

  /** The floats of a tensor. The buffer must not be used once the tensor is closed. */
  static FloatBuffer floats(Tensor tensor) {
    return tensor
        .asRawTensor()
        .data()
        .accept(
            new DataStorageVisitor<ByteBuffer>() {
              @Override
              public ByteBuffer visit(ByteBuffer buffer) {
                return buffer.duplicate();
              }

              @Override
              public ByteBuffer visit(long address, long length, long scale) {
                return new Pointer(address).getByteBuffer(0, length);
              }

              @Override
              public ByteBuffer fallback() {
                throw new IllegalStateException("the tensor's memory cannot be reached");
              }
            })
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
